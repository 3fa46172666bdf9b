/** The suspicious figures of a province's window: which figure of which unit, why, and the way to what made it. */
import { Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_SUSPICIOUS, suspiciousPath, type SuspiciousFigure } from '../api-suspicious';
import { formatFigure, formatNumber, windowName } from '../format';
import { useLang } from '../i18n';
import { useIndicators } from '../queries';
import { matches } from '../search';
import { useSuspicionWords, useSuspicious } from '../suspicious-queries';
import { useNamedUnit } from '../unit-names';
import type { Page } from '../use-page';
import { parseWindow } from '../window';
import { namedRows } from '../work-list';
import { CopyUnits } from './copy-units';
import { Downloads } from './downloads';
import { UnitLink } from './unit-link';
import { WhyLink } from './why-opener';
import { UnitSearch } from './unit-search';

/** @param page of a province of which there are some */
export function SuspiciousList({ page: { unit, window } }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const [query, setQuery] = useState('');
  const { data } = useSuspicious(unit, window, true);
  const rows = namedRows(data?.items ?? [], useNamedUnit(unit));
  const shown = rows.filter((row) => matches(query, row.fullName, row.unit));
  const units = [...new Map(shown.map((row) => [row.unit, row])).values()];
  return (
    <>
      <p className="lead">{t('suspicious.lead')}</p>
      <div className="filter">
        <UnitSearch query={query} onQuery={setQuery} testId="work-filter" />
        <CopyUnits rows={units} />
      </div>
      <div className="table-box table-work" tabIndex={0} role="region" aria-label={t('work.kind.suspicious')}>
        <Table stickyHeader data-testid="suspicious-rows">
          <Table.Thead>
            <Table.Tr>
              {(['unit', 'period', 'indicator', 'figure', 'why'] as const).map((head) => (
                <Table.Th key={head} scope="col" className={head === 'figure' ? 'numeric' : undefined}>
                  {t(`suspicious.${head}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Row key={`${row.unit} ${row.period} ${row.indicator}`} row={row} />
            ))}
          </Table.Tbody>
        </Table>
        {shown.length === 0 && <p className="empty">{t('communes.nothing', { query })}</p>}
      </div>
      {data && data.total > data.items.length && (
        <p className="note">
          {t('suspicious.more', {
            shown: formatNumber(data.items.length, lang),
            total: formatNumber(data.total, lang),
          })}
        </p>
      )}
      <Downloads
        path={suspiciousPath(unit)}
        query={{ window, limit: String(MOST_SUSPICIOUS) }}
        of={t('suspicious.download')}
      />
    </>
  );
}

function Row({ row }: { row: SuspiciousFigure & { fullName: string } }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicator = useIndicators()?.get(row.indicator);
  const name = (lang === 'vi' ? indicator?.name_vi : indicator?.name_en) ?? row.indicator;
  const month = parseWindow(row.period);
  const figure = formatFigure(row, lang);
  const why = useSuspicionWords()(row);
  return (
    <Table.Tr data-testid={`suspicious-${row.unit}-${row.indicator}-${row.period}`} data-reason={row.reason}>
      <Table.Th scope="row">
        {row.unit.length === 5 ? <UnitLink unit={row.unit} name={row.fullName} /> : row.fullName}
      </Table.Th>
      <Table.Td>{month ? windowName(month, lang) : row.period}</Table.Td>
      <Table.Td>{name}</Table.Td>
      <Table.Td className="numeric">
        <WhyLink
          of={{ unit: row.unit, indicator: row.indicator, name: row.fullName, window: row.period }}
          title={t('suspicious.of', { indicator: name, name: row.fullName, figure })}
        >
          {figure}
        </WhyLink>
      </Table.Td>
      <Table.Td>{why}</Table.Td>
    </Table.Tr>
  );
}
