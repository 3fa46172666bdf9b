/**
 * What a signer signs as he locks a month: the figures as of a cut-off that stands still while he reads, by their hash.
 *
 * Whatever comes in meanwhile is not part of it. Where the service says that the figures are others by now, nothing is signed, and he looks anew.
 */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Month } from '../api';
import { changedFigures } from '../corrections';
import { formatFigure, formatNumber, formatTime } from '../format';
import { useLang } from '../i18n';
import { useCompleteness, useDecideMonth, useIndicators, useMonthOnce, useRollups } from '../queries';
import { useUnitName } from '../unit-names';
import { DecisionForm } from './decision-form';
import { Dialog } from './dialog';
import { Failed, Loading } from './notice';

const DAY_MS = 86_400_000;

interface Props {
  unit: string;
  period: string;
  /** The month's, in words. */
  name: string;
  close: () => void;
}

export function LockDialog({ unit, period, name, close }: Props) {
  const { t } = useTranslation();
  const nameOf = useUnitName(unit);
  const [look, setLook] = useState(0);
  const { data, error, refetch } = useMonthOnce(unit, period, look);
  const title = t('month.lockTitle', { month: name, unit: nameOf(unit) });
  return (
    <Dialog testId="lock-dialog" title={title} isWide close={close}>
      <p>{t('month.lockLead')}</p>
      {error && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={200} />}
      {data && <Signing key={look} month={data} again={() => setLook(look + 1)} close={close} />}
    </Dialog>
  );
}

function Signing({ month, again, close }: { month: Month; again: () => void; close: () => void }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { unit, period, cutOff, figures } = month;
  const { mutate, isPending, error } = useDecideMonth(unit, period);
  const isStale = error instanceof ApiError && error.code === 'FIGURES_CHANGED';
  return (
    <>
      <dl className="signed">
        <dt>{t('month.completeness')}</dt>
        <dd>
          <Complete unit={unit} period={period} />
        </dd>
        <dt>{t('month.signedOff')}</dt>
        <dd>
          {month.submitted.length === 0
            ? t('month.submittedNone')
            : t('month.submitted', { n: formatNumber(month.submitted.length, lang) })}
        </dd>
        <dt>{t('month.changed')}</dt>
        <dd>
          <Changed month={month} />
        </dd>
        <dt>{t('month.cutOff')}</dt>
        <dd>
          <time dateTime={cutOff} data-testid="lock-cut-off">
            {formatTime(cutOff, lang, 0)}
          </time>
        </dd>
        <dt>{t('month.figures')}</dt>
        <dd>
          <code className="event-id" data-testid="lock-figures">
            {figures}
          </code>
        </dd>
      </dl>
      {isStale && (
        <Button size="xs" variant="default" data-testid="look-again" onClick={again}>
          {t('month.again')}
        </Button>
      )}
      <DecisionForm
        reason="none"
        label={t('month.lockNow')}
        testId="lock-now"
        busy={isPending}
        error={error}
        decide={() => mutate({ what: 'lock', cutOff, figures }, { onSuccess: close })}
        cancel={close}
      />
    </>
  );
}

function Complete({ unit, period }: { unit: string; period: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data } = useCompleteness(unit, period);
  if (!data) return <Loading height={18} />;
  const { expected, reported, complete, onTime, late } = data;
  const counts = { expected, reported, complete, onTime, late, missing: expected - reported };
  const written = Object.entries(counts).map(([name, count]) => [name, formatNumber(count, lang)] as const);
  return <span data-testid="lock-completeness">{t('month.completenessText', Object.fromEntries(written))}</span>;
}

/** Between the cut-off and a day before it, each as it was known then. */
function Changed({ month: { unit, period: window, cutOff } }: { month: Month }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = useIndicators();
  const dayBefore = new Date(Date.parse(cutOff) - DAY_MS).toISOString();
  const before = useRollups({ unit, window, asOf: dayBefore });
  const after = useRollups({ unit, window, asOf: cutOff });
  const error = before.error ?? after.error;
  if (error) return <span>{error.message}</span>;
  if (!before.data || !after.data) return <Loading height={60} />;
  const changed = changedFigures(before.data, after.data);
  if (changed.length === 0) return <span>{t('month.unchanged')}</span>;
  const name = (code: string) => indicators?.get(code)?.[lang === 'vi' ? 'name_vi' : 'name_en'] ?? code;
  const words = (figure: (typeof changed)[number]['before']) => (figure ? formatFigure(figure, lang) : '–');
  return (
    <div className="table-box signed-changes" tabIndex={0} role="region" aria-label={t('month.changed')}>
      <Table stickyHeader data-testid="lock-changes">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('month.indicator')}</Table.Th>
            <Table.Th scope="col" className="numeric">
              {t('month.before')}
            </Table.Th>
            <Table.Th scope="col" className="numeric">
              {t('month.after')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changed.map(({ indicator, before: was, after: is }) => (
            <Table.Tr key={indicator}>
              <Table.Th scope="row">{name(indicator)}</Table.Th>
              <Table.Td className="numeric">{words(was)}</Table.Td>
              <Table.Td className="numeric">
                <b>{words(is)}</b>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <p className="note">{t('month.others', { n: formatNumber((indicators?.size ?? 0) - changed.length, lang) })}</p>
    </div>
  );
}
