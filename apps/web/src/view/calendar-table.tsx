/** Communes by months: what each report is, told by a sign, a shape and a colour, so that any one of them is enough. */
import { Table, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { calendarStatuses, type CalendarStatus, type ReportCalendar } from '../api-home';
import { formatNumber, windowName } from '../format';
import { useCalendar } from '../home-queries';
import { useLang } from '../i18n';
import { useNamedUnit, type NamedUnit } from '../unit-names';
import { goTo } from '../use-page';
import { parseWindow } from '../window';
import { namedRows } from '../work-list';
import { Downloads } from './downloads';
import { Failed, Loading } from './notice';
import { UnitLink } from './unit-link';

interface Props {
  unit: string;
  year: string;
  /** The window that is shown: its months are marked. */
  window: string;
}

export function CalendarTable({ unit, year, window }: Props) {
  const { t } = useTranslation();
  const nameOf = useNamedUnit(unit);
  const { data, error, refetch } = useCalendar(unit, year);
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!data) return <Loading height={420} />;
  const periods = data.months.map(({ period }) => period);
  return (
    <>
      <p className="lead">{t('calendar.lead')}</p>
      <Legend />
      <div className="table-box table-calendar" tabIndex={0} role="region" aria-label={t('calendar.title', { year })}>
        <Table stickyHeader data-testid="calendar-rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('calendar.unit')}</Table.Th>
              {data.months.map((month) => (
                <MonthHead key={month.period} month={month} isShown={month.period === window} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {namedRows(data.items, nameOf).map((row) => (
              <Row key={row.unit} row={row} periods={periods} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Downloads path={`/v1/units/${unit}/calendar`} query={{ year }} of={t('calendar.title', { year })} />
    </>
  );
}

/** A month's name, which leads to it, over how many of its reports are complete. */
function MonthHead({ month, isShown }: { month: ReportCalendar['months'][number]; isShown: boolean }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { period, expected, onTime, late } = month;
  const name = t('calendar.month', { n: Number(period.slice(5)) });
  if (expected === 0)
    return (
      <Table.Th scope="col" className="calendar-month">
        {name}
      </Table.Th>
    );
  const window = parseWindow(period);
  const counts = { complete: formatNumber(onTime + late, lang), expected: formatNumber(expected, lang) };
  const label = t('calendar.show', { month: window ? windowName(window, lang) : period, ...counts });
  return (
    <Table.Th scope="col" className="calendar-month" aria-current={isShown || undefined}>
      <UnstyledButton
        className="link"
        aria-label={label}
        title={label}
        data-testid={`calendar-${period}`}
        onClick={() => goTo({ window: period })}
      >
        {name}
      </UnstyledButton>
      <small>
        {counts.complete}/{counts.expected}
      </small>
    </Table.Th>
  );
}

type CalendarRow = ReportCalendar['items'][number] & NamedUnit;

/** Answers keep the identity of what did not change, so only changed rows are drawn again. */
const Row = memo(
  function Row({ row, periods }: { row: CalendarRow; periods: string[] }) {
    return (
      <Table.Tr data-testid={`calendar-row-${row.unit}`}>
        <Table.Th scope="row">
          {row.unit.length === 5 ? <UnitLink unit={row.unit} name={row.fullName} /> : row.fullName}
        </Table.Th>
        {periods.map((period) => (
          <Table.Td key={period} className="calendar-cell">
            <Mark status={row.months[period] ?? 'ahead'} />
          </Table.Td>
        ))}
      </Table.Tr>
    );
  },
  (before, after) => before.row.months === after.row.months && before.row.fullName === after.row.fullName,
);

function Mark({ status }: { status: CalendarStatus }) {
  const { t } = useTranslation();
  const name = t(`calendar.status.${status}`);
  return (
    <span
      className={`mark-report mark-report-${status}`}
      role="img"
      aria-label={name}
      title={name}
      data-status={status}
    >
      {t(`calendar.mark.${status}`)}
    </span>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <ul className="calendar-legend">
      {calendarStatuses.map((status) => (
        <li key={status}>
          <Mark status={status} /> <span aria-hidden="true">{t(`calendar.status.${status}`)}</span>
        </li>
      ))}
    </ul>
  );
}
