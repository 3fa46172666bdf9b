/** The national summaries: what there is, where its documents are, and one more for the shown window on request. */
import { Alert, Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Summary } from '../api';
import { formatDay, formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useRequestSummary, useSummaries } from '../queries';
import { mayDo } from '../shown-unit';
import { daysOf, isOver, parseWindow } from '../window';
import { waitingWords } from '../summary-waiting';
import { Failed, Loading } from './notice';

export function Summaries({ window: code }: { window: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const name = useWindowName();
  const { data, error, refetch } = useSummaries();
  const mayAsk = mayDo(usePerson(), 'summaries.request');
  const window = parseWindow(code);
  const request = useRequestSummary();
  const [asked, setAsked] = useState<string>();
  const followed = data?.find(({ id }) => id === asked);
  const busy = request.isPending || followed?.status === 'pending';
  const make = () => request.mutate(code, { onSuccess: ({ id }) => setAsked(id) });
  return (
    <section className="panel" aria-labelledby="summaries-title">
      <div className="panel-head">
        <h3 id="summaries-title">{t('summaries.title')}</h3>
        {mayAsk && window && !isOver(window, new Date()) && (
          <p className="note" data-testid="summary-early">
            {t('summaries.early', { window: name(code), day: formatDay(daysOf(window).to, lang) })}
          </p>
        )}
        {mayAsk && window && isOver(window, new Date()) && (
          <Button
            size="xs"
            data-testid="make-summary"
            loading={busy}
            title={t('summaries.makeFor', { window: name(code) })}
            onClick={make}
          >
            {t('summaries.make')}: {name(code)}
          </Button>
        )}
      </div>
      <p role="status" className="follow">
        {followed?.status === 'pending' && t('summaries.making', { window: name(followed.window) })}
        {followed?.status === 'issued' && t('summaries.made', { window: name(followed.window) })}
      </p>
      {(request.error || followed?.status === 'failed') && (
        <Alert color="red" title={t('summaries.failed')}>
          {request.error?.message}
        </Alert>
      )}
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={90} />}
      {data?.length === 0 && <p className="empty">{t('summaries.empty')}</p>}
      {data && data.length > 0 && <List items={data} />}
    </section>
  );
}

function useWindowName(): (code: string) => string {
  const lang = useLang();
  return (code) => {
    const window = parseWindow(code);
    return window ? windowName(window, lang) : code;
  };
}

function List({ items }: { items: Summary[] }) {
  const { t } = useTranslation();
  const heads = ['window', 'revision', 'status', 'issuedAt', 'cutOff', 'documents', 'checksum'] as const;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('summaries.title')}>
      <Table data-testid="summaries">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {t(`summaries.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const badges = { pending: 'badge badge-open', issued: 'badge badge-yes', failed: 'badge badge-no' } as const;

/** How far a pending one is. */
function Waiting({ item: { id, status, waiting } }: { item: Summary }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (status !== 'pending' || waiting === undefined) return null;
  const left = waiting.left === null ? '' : formatNumber(waiting.left, lang);
  return (
    <small className="waiting" data-testid={`waiting-${id}`}>
      {t(waitingWords(waiting), { left })}
    </small>
  );
}

function Row({ item }: { item: Summary }) {
  const { t } = useTranslation();
  const lang = useLang();
  const name = useWindowName()(item.window);
  const words = { pending: 'summaries.pending', issued: 'summaries.issued', failed: 'summaries.failedStatus' } as const;
  const address = `/v1/summaries/${encodeURIComponent(item.id)}`;
  const time = (instant: string | null) => (instant ? formatTime(instant, lang, Date.now()) : '–');
  return (
    <Table.Tr data-testid={`summary-${item.id}`} data-status={item.status}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{item.revision}</Table.Td>
      <Table.Td>
        <span className={badges[item.status]}>{t(words[item.status])}</span>
        <Waiting item={item} />
      </Table.Td>
      <Table.Td>{time(item.issuedAt)}</Table.Td>
      <Table.Td>{time(item.cutOff)}</Table.Td>
      <Table.Td className="documents">
        {item.status === 'issued' ? (
          <>
            <a href={`${address}.docx`} aria-label={`${name}, DOCX`}>
              DOCX
            </a>
            <a href={`${address}.json`} aria-label={`${name}, JSON`}>
              JSON
            </a>
          </>
        ) : (
          '–'
        )}
      </Table.Td>
      <Table.Td>
        <code title={item.checksum ?? ''}>{item.checksum?.slice(0, 12) ?? '–'}</code>
      </Table.Td>
    </Table.Tr>
  );
}
