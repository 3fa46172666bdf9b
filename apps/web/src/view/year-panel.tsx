/** A reporting unit's year: its indicators by the months, each cell with what it says and what became of it. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay, formatFigure, formatNumber, formatPercentInColumn, formatTime } from '../format';
import { useLang } from '../i18n';
import { useIndicators } from '../queries';
import { useSuspicionWords } from '../suspicious-queries';
import { rowsOf, useUnitYear, type CellState, type UnitYear, type YearCell, type YearMonth } from '../unit-year';
import type { Page } from '../use-page';
import { EntryButton, EntryOpener } from './entry-opener';
import { WhyLink } from './why-opener';
import { Failed, Loading } from './notice';

/** Told apart by shape, not by colour alone. */
const marks: Record<CellState, string> = {
  reported: '',
  corrected: '✎',
  nothingArose: '∅',
  takenBack: '↩',
  missing: '',
};
const HELD = '▲';
const REFUSED = '✗';
const FLAGGED = '?';

/** @param page of a commune, or of a province, which reports some indicators itself */
export function YearPanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const year = page.window.slice(0, 4);
  const { data, error, refetch } = useUnitYear(page.unit, year, true);
  return (
    <section className="panel" aria-labelledby="year-title" data-testid="unit-year">
      <h3 id="year-title">{t(page.unit.length === 5 ? 'communeYear.title' : 'communeYear.ofProvince', { year })}</h3>
      <p className="lead">{t('communeYear.lead')}</p>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={420} />}
      {data && (
        <EntryOpener year={data} shown={page.window}>
          <Year year={data} shown={page.window} />
        </EntryOpener>
      )}
      {data && <Legend />}
    </section>
  );
}

function Year({ year, shown }: { year: UnitYear; shown: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = useIndicators();
  const nameOf = (code: string): string => {
    const indicator = indicators?.get(code);
    return (lang === 'vi' ? indicator?.name_vi : indicator?.name_en) ?? code;
  };
  return (
    <div className="table-box table-year" tabIndex={0} role="region" aria-labelledby="year-title">
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('communeYear.indicator')}</Table.Th>
            {year.months.map((month) => (
              <MonthHead key={month.period} month={month} isShown={month.period === shown} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rowsOf(year).map(({ indicator, cells }) => (
            <Table.Tr key={indicator}>
              <Table.Th scope="row">{nameOf(indicator)}</Table.Th>
              {cells.map((cell, n) => {
                const month = year.months[n];
                return (
                  month && (
                    <Cell
                      key={month.period}
                      cell={cell}
                      month={month}
                      unit={year.unit}
                      unitName={year.name}
                      name={nameOf(indicator)}
                    />
                  )
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const badges: Record<YearMonth['status'], string> = {
  onTime: 'badge badge-yes',
  late: 'badge badge-no',
  partial: 'badge badge-no',
  missing: 'badge badge-open',
  ahead: 'badge badge-open',
};

function MonthHead({ month, isShown }: { month: YearMonth; isShown: boolean }) {
  const { t } = useTranslation();
  const { period, status, deadline, isLocked } = month;
  const lang = useLang();
  return (
    <Table.Th
      scope="col"
      data-testid={`year-${period}`}
      data-status={status}
      aria-current={isShown ? 'date' : undefined}
    >
      {Number(period.slice(5))}/{period.slice(0, 4)}
      <span className={badges[status]}>{t(`communeYear.status.${status}`)}</span>
      <small>{t('communeYear.due', { day: formatDay(deadline.slice(0, 10), lang).replace(/.\d{4}$/, '') })}</small>
      {isLocked && <small>{t('communeYear.locked')}</small>}
      <EntryButton month={month} />
    </Table.Th>
  );
}

interface CellProps {
  cell: YearCell;
  month: YearMonth;
  unit: string;
  unitName: string;
  /** Of the indicator. */
  name: string;
}

function Cell({
  cell: { indicator, state, figure, percent, event, held, refused, flagged },
  month,
  unit,
  unitName,
  name,
}: CellProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const whySuspicious = useSuspicionWords();
  const words = [
    t('communeYear.cell', { name, month: month.period, state: t(`communeYear.state.${state}`) }),
    figure ? formatFigure(figure, lang) : '',
    event ? t('communeYear.received', { time: formatTime(event.receivedAt, lang, 0), revision: event.revision }) : '',
    held ? t('communeYear.waiting', { figure: held.figure ? formatFigure(held.figure, lang) : '–' }) : '',
    refused ? `${t('communeYear.refused')}: ${t(`refusals.mend.${refused.code}`)}` : '',
    flagged ? `${t('suspicious.flagged')}: ${whySuspicious(flagged)}` : '',
  ];
  const text =
    figure === null ? '–' : typeof figure.value === 'number' ? formatNumber(figure.value, lang) : formatRatio(percent);
  return (
    <Table.Td
      className="numeric"
      data-state={state}
      data-held={held ? true : undefined}
      data-refused={refused?.code}
      data-flagged={flagged?.reason}
      data-testid={`cell-${indicator}-${month.period}`}
    >
      {month.status === 'ahead' && state === 'missing' ? (
        ''
      ) : (
        <WhyLink
          of={{ unit, indicator, name: unitName, window: month.period }}
          title={words.filter(Boolean).join('; ')}
        >
          {[refused ? REFUSED : '', held ? HELD : '', flagged ? FLAGGED : '', marks[state], text]
            .filter(Boolean)
            .join(' ')}
        </WhyLink>
      )}
    </Table.Td>
  );

  /** Nothing to divide by is no percentage. */
  function formatRatio(share: number | null): string {
    return share === null ? formatFigure(figure ?? {}, lang) : formatPercentInColumn(share, lang);
  }
}

function Legend() {
  const { t } = useTranslation();
  const states = (['corrected', 'nothingArose', 'takenBack'] as const).map((state) => [
    marks[state],
    t(`communeYear.state.${state}`),
  ]);
  const all = [
    ...states,
    [HELD, t('communeYear.held')],
    [REFUSED, t('communeYear.refused')],
    [FLAGGED, t('suspicious.legend')],
    ['–', t('communeYear.state.missing')],
  ];
  return (
    <ul className="year-legend">
      {all.map(([mark, words]) => (
        <li key={mark}>
          <span aria-hidden="true">{mark}</span> {words}
        </li>
      ))}
    </ul>
  );
}
