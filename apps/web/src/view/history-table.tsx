/** Each change of a figure: when, whose, by which event or decision, from what to what, and what it made of the figure. */
import { Table, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Figure, FigureChange } from '../api';
import { standingsOf, type Standing } from '../cell-words';
import { formatDifference, formatFigure, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { useUnitName } from '../unit-names';
import { goTo, openWhy } from '../use-page';
import { parseWindow } from '../window';

interface Props {
  changes: FigureChange[];
  /** Whose figure it is. */
  unit: string;
  indicator: string;
  asOf: string | undefined;
}

const heads = ['at', 'unit', 'cause', 'change', 'difference', 'total'] as const;
const numeric = new Set<string>(['change', 'difference', 'total']);

export function HistoryTable({ changes, unit, indicator, asOf }: Props) {
  const { t } = useTranslation();
  const nameOf = useUnitName(unit);
  const standings = standingsOf(changes, asOf);
  return (
    <div className="table-box table-history" tabIndex={0} role="region" aria-label={t('history.table')}>
      <Table stickyHeader data-testid="history-rows">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col" className={numeric.has(head) ? 'numeric' : undefined}>
                {t(`history.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change, n) => (
            <Row
              key={`${change.at}${change.unit}${change.period}`}
              change={change}
              indicator={indicator}
              standing={standings[n]}
              name={nameOf(change.unit)}
              isLater={asOf !== undefined && change.at > asOf}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface RowProps {
  change: FigureChange;
  indicator: string;
  standing: Standing | undefined;
  name: string;
  isLater: boolean;
}

function Row({ change, indicator, standing, name, isLater }: RowProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const { at, unit, period, before, after, difference, total } = change;
  const month = parseWindow(period);
  const said = (figure: Figure | null, none: string) => (figure === null ? t(none) : formatFigure(figure, lang));
  return (
    <Table.Tr data-cause={change.cause} data-later={isLater || undefined}>
      <Table.Td className="audit-time">
        <time dateTime={at}>{formatTime(at, lang, 0)}</time>
        {isLater && <small className="later">{t('history.isLater')}</small>}
        <UnstyledButton className="link why-small" onClick={() => goTo({ asOf: at })}>
          {t('why.asOf')}
        </UnstyledButton>
      </Table.Td>
      <Table.Th scope="row">
        {name}
        <small className="history-month">
          {unit} · {month ? windowName(month, lang) : period}
        </small>
      </Table.Th>
      <Table.Td>
        <Cause change={change} />
        {standing && <StandingWords standing={standing} />}
        {change.event && (
          <UnstyledButton
            className="link why-small"
            data-testid={`moved-by-${change.event.id}`}
            onClick={() => openWhy({ unit, indicator, window: period, event: change.event?.id ?? '' })}
          >
            {t('why.moved')}
          </UnstyledButton>
        )}
      </Table.Td>
      <Table.Td className="numeric">
        {said(before, 'history.nothing')} <span aria-label={t('history.to')}>→</span>{' '}
        <b>{said(after, before === null ? 'history.nothing' : 'history.takenBack')}</b>
      </Table.Td>
      <Table.Td className="numeric">{formatDifference(difference, lang)}</Table.Td>
      <Table.Td className="numeric">{formatFigure(total, lang)}</Table.Td>
    </Table.Tr>
  );
}

function Cause({ change: { cause, event } }: { change: FigureChange }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <>
      {cause === 'decision' && <span className="badge badge-decision">◆ {t('history.decision')}</span>}
      {event && (
        <>
          {t('history.revision', { n: event.revision })}
          <code className="event-id" title={t('history.sent', { time: formatTime(event.time, lang, 0) })}>
            {event.id}
          </code>
        </>
      )}
    </>
  );
}

/** Whether the report is what its cell says now, or what it was beaten by. */
function StandingWords({ standing }: { standing: Standing }) {
  const { t } = useTranslation();
  return (
    <small className={standing === 'counts' ? 'why-counts' : 'why-beaten'}>
      {standing === 'counts'
        ? `✓ ${t('why.standing.counts')}`
        : t(`why.standing.${standing.by}`, { n: standing.revision })}
    </small>
  );
}
