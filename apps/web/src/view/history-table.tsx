/** Each change of a figure: when, whose, by which event or decision, from what to what, and what it made of the figure. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Figure, FigureChange } from '../api';
import { formatDifference, formatFigure, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { useUnitName } from '../unit-names';
import { parseWindow } from '../window';

interface Props {
  changes: FigureChange[];
  /** Whose figure it is. */
  unit: string;
  asOf: string | undefined;
}

const heads = ['at', 'unit', 'cause', 'change', 'difference', 'total'] as const;
const numeric = new Set<string>(['change', 'difference', 'total']);

export function HistoryTable({ changes, unit, asOf }: Props) {
  const { t } = useTranslation();
  const nameOf = useUnitName(unit);
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
          {changes.map((change) => (
            <Row
              key={`${change.at}${change.unit}${change.period}`}
              change={change}
              name={nameOf(change.unit)}
              isLater={asOf !== undefined && change.at > asOf}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ change, name, isLater }: { change: FigureChange; name: string; isLater: boolean }) {
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
      </Table.Td>
      <Table.Th scope="row">
        {name}
        <small className="history-month">
          {unit} · {month ? windowName(month, lang) : period}
        </small>
      </Table.Th>
      <Table.Td>
        <Cause change={change} />
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
