/** The audit trail for the auditor: who did what, newest first, by pages. Times are Việt Nam's. */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../api';
import { actionWord, factsText, outcomeWord } from '../audit-words';
import { formatTime } from '../format';
import { useLang } from '../i18n';
import { useAudit } from '../queries';
import { useTitle } from '../use-title';
import { AuditFilter, type AuditQuery } from './audit-filter';
import { Downloads } from './downloads';
import { Failed, Loading } from './notice';

const PAGE = '50';
/** So many entries a file has at most; where there are more it says where they go on. */
const MOST = '1000';

export function AuditPanel() {
  const { t } = useTranslation();
  useTitle([t('audit.title')]);
  const [filter, setFilter] = useState<AuditQuery>({});
  /** Of the pages gone through, the shown one last. */
  const [cursors, setCursors] = useState<string[]>([]);
  const cursor = cursors.at(-1);
  const { data, error, isFetching, refetch } = useAudit({ ...filter, limit: PAGE, ...(cursor && { cursor }) });
  const again: () => unknown = refetch;
  const look = (next: AuditQuery): void => {
    setFilter(next);
    setCursors([]);
  };
  return (
    <section className="panel" aria-labelledby="audit-title" data-testid="audit">
      <div className="panel-head">
        <h2 id="audit-title">{t('audit.title')}</h2>
        <Button size="xs" variant="default" loading={isFetching} onClick={() => again()}>
          {t('audit.again')}
        </Button>
      </div>
      <p className="follow">{t('audit.lead')}</p>
      <AuditFilter onLook={look} />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={300} />}
      {data?.items.length === 0 && <p className="empty">{t('audit.empty')}</p>}
      <Downloads path="/v1/audit" query={{ ...filter, limit: MOST }} of={t('audit.title')} />
      {data && data.items.length > 0 && <Entries items={data.items} />}
      <div className="audit-pages">
        <Button
          size="xs"
          variant="default"
          data-testid="audit-newer"
          disabled={cursors.length === 0}
          onClick={() => setCursors(cursors.slice(0, -1))}
        >
          {t('audit.newer')}
        </Button>
        <Button
          size="xs"
          variant="default"
          data-testid="audit-older"
          disabled={data?.next === undefined}
          onClick={() => data?.next !== undefined && setCursors([...cursors, data.next])}
        >
          {t('audit.older')}
        </Button>
      </div>
    </section>
  );
}

function Entries({ items }: { items: AuditEntry[] }) {
  const { t } = useTranslation();
  const heads = ['at', 'who', 'what', 'unit', 'outcome', 'from', 'facts'] as const;
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('audit.title')}>
      <Table data-testid="audit-entries">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {t(`audit.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item, index) => (
            // An entry that was sent twice stands there twice, with one id.
            <Row key={`${item.id}${index}`} item={item} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ item }: { item: AuditEntry }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { who, unit, at, from, outcome, what, facts } = item;
  return (
    <Table.Tr data-what={what}>
      <Table.Td className="audit-time">
        <time dateTime={at}>{formatTime(at, lang, 0)}</time>
      </Table.Td>
      <Table.Th scope="row" title={who?.id}>
        {who === null ? t('audit.nobody') : who.name || who.id}
        {who !== null && <small>{who.unit}</small>}
      </Table.Th>
      <Table.Td>{actionWord(t, what)}</Table.Td>
      <Table.Td>{unit ?? '–'}</Table.Td>
      <Table.Td>{outcomeWord(t, outcome)}</Table.Td>
      <Table.Td>{from ?? '–'}</Table.Td>
      <Table.Td className="audit-facts">{factsText(facts)}</Table.Td>
    </Table.Tr>
  );
}
