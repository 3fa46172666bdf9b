/** A province's communes with their figure of the chosen indicator: sortable, and filtered by text without marks. */
import { Table } from '@mantine/core';
import { memo, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildRow } from '../api';
import { formatFigure, formatNumber, formatPercent, formatTime, type Lang } from '../format';
import { useLang } from '../i18n';
import { matches, ownName } from '../search';
import { isOfEarlierMonth } from '../provisional';
import type { Page } from '../use-page';
import { WhyLink } from './why-opener';
import { useSorting, type Column } from './sort-header';
import { UnitLink } from './unit-link';
import { UnitSearch } from './unit-search';

interface Props {
  rows: ChildRow[];
  page: Page;
  indicator: string;
  isCount: boolean;
}

export function CommuneTable({ rows, page: { unit, asOf }, indicator, isCount }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query);
  const found = useMemo(() => rows.filter((row) => matches(wanted, row.name, row.unit)), [rows, wanted]);
  const { ordered, head } = useSorting(found, useColumns(isCount, asOf !== undefined), 'communes');
  return (
    <div>
      <div className="filter">
        <UnitSearch query={query} onQuery={setQuery} testId="filter" />
        <p role="status">
          {t('communes.shown', {
            shown: formatNumber(found.length, lang),
            all: formatNumber(rows.length, lang),
            reported: formatNumber(rows.filter((row) => row.reported).length, lang),
          })}
        </p>
      </div>
      <div className="table-box table-communes" tabIndex={0} role="region" aria-label={t('communes.title')}>
        <Table stickyHeader data-testid="communes">
          {head}
          <Table.Tbody>
            {ordered.map((row) => (
              <Row
                key={row.unit}
                row={row}
                lang={lang}
                own={row.unit === unit}
                indicator={indicator}
                isCount={isCount}
                isPast={asOf !== undefined}
              />
            ))}
          </Table.Tbody>
        </Table>
        {found.length === 0 && <p className="empty">{query ? t('communes.nothing', { query }) : t('state.none')}</p>}
      </div>
    </div>
  );
}

/** @param isPast of what was known earlier nothing says when it came */
function useColumns(isCount: boolean, isPast: boolean): Column<ChildRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const percent: Column<ChildRow> = {
      key: 'percent',
      name: t('communes.percent'),
      valueOf: (row) => row.percent,
      numeric: true,
    };
    const updated: Column<ChildRow> = {
      key: 'updated',
      name: t('communes.updated'),
      valueOf: (row) => row.updatedAt,
      numeric: true,
      first: 'descending',
    };
    return [
      { key: 'name', name: t('communes.name'), valueOf: (row) => ownName(row.name) },
      { key: 'code', name: t('communes.code'), valueOf: (row) => row.unit },
      { key: 'reported', name: t('communes.reported'), valueOf: (row) => row.reported },
      {
        key: 'figure',
        name: t('communes.figure'),
        valueOf: (row) => row.value ?? row.numerator,
        numeric: true,
        first: 'descending',
      },
      ...(isCount ? [] : [percent]),
      ...(isPast ? [] : [updated]),
    ];
  }, [t, isCount, isPast]);
}

/** Answers keep the identity of rows that did not change, so only changed rows are drawn again. */
const Row = memo(function Row({
  row,
  lang,
  own,
  indicator,
  isCount,
  isPast,
}: {
  row: ChildRow;
  lang: Lang;
  own: boolean;
  indicator: string;
  isCount: boolean;
  isPast: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Table.Tr
      id={`commune-${row.unit}`}
      data-testid={`commune-${row.unit}`}
      data-numerator={row.numerator}
      data-value={row.value}
    >
      <Table.Th scope="row">
        {own ? row.name : <UnitLink unit={row.unit} name={row.name} />}
        {own && <span className="own"> ({t('communes.own')})</span>}
      </Table.Th>
      <Table.Td>{row.unit}</Table.Td>
      <Table.Td>
        <Reported row={row} />
      </Table.Td>
      <Table.Td className="numeric">
        <WhyLink of={{ unit: row.unit, name: row.name, indicator }}>
          {row.reported ? formatFigure(row, lang) : '–'}
        </WhyLink>
      </Table.Td>
      {!isCount && (
        <Table.Td className="numeric">
          <WhyLink of={{ unit: row.unit, name: row.name, indicator }} isSecond>
            {row.percent != null ? formatPercent(row.percent, lang) : '–'}
          </WhyLink>
        </Table.Td>
      )}
      {!isPast && (
        <Table.Td className="numeric">
          {row.updatedAt ? <time dateTime={row.updatedAt}>{formatTime(row.updatedAt, lang, Date.now())}</time> : '–'}
        </Table.Td>
      )}
    </Table.Tr>
  );
});

/** Whether it has reported; a figure that is carried on from an earlier month of the window is not this month's. */
function Reported({ row: { reported, reporting } }: { row: ChildRow }) {
  const { t } = useTranslation();
  if (!reported) return <span className="badge badge-open">{t('communes.no')}</span>;
  if (reporting && isOfEarlierMonth(reporting))
    return <span className="badge badge-open">{t('communes.earlier')}</span>;
  return <span className="badge badge-yes">✓ {t('communes.yes')}</span>;
}
