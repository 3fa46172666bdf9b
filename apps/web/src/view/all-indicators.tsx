/** All 29 indicators of the unit, in the sections of the plans: figure, what it is made of, percentage, and who has reported. */
import { Table } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator, Rollup } from '../api';
import { formatFigure, formatNumber, formatPercentInColumn } from '../format';
import { useLang } from '../i18n';
import { isProvisional } from '../provisional';
import { useIndicators, useProvisionalBelow, useRollups } from '../queries';
import { sectionsOf, type Section } from '../sections';
import { useTrends, type UnitTrends } from '../trend-queries';
import type { Page } from '../use-page';
import { useSeen } from '../use-seen';
import { parseWindow } from '../window';
import { WhyButton } from './why-opener';
import { Failed, Loading } from './notice';
import { TrendChart } from './trend-chart';

export default function AllIndicators({ page }: { page: Page }) {
  const { t } = useTranslation();
  const indicators = useIndicators();
  const { data, error, refetch } = useRollups(page);
  const columns = ['indicator', 'figure', 'unit', 'percent', 'reporting', 'trend', 'history'] as const;
  const isNumeric = (column: (typeof columns)[number]) => ['figure', 'percent', 'reporting'].includes(column);
  const panel = useRef<HTMLElement>(null);
  const isSeen = useSeen(panel);
  const year = parseWindow(page.window)?.year ?? 0;
  const trends = useTrends(page.unit, year, isSeen && page.asOf === undefined);
  return (
    <section ref={panel} className="panel" aria-labelledby="all-title" data-testid="all-indicators">
      <h3 id="all-title">{t('all.title')}</h3>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!error && (!data || !indicators) && <Loading height={600} />}
      {data && indicators && (
        <div className="table-box table-all" tabIndex={0} role="region" aria-label={t('all.title')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th key={column} scope="col" className={isNumeric(column) ? 'numeric' : undefined}>
                    {t(column === 'trend' ? 'trend.column' : `all.${column}`)}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            {sectionsOf(indicators.values()).map((section) => (
              <Rows
                key={section.name}
                section={section}
                rollups={data}
                trends={trends}
                page={page}
                width={columns.length}
              />
            ))}
          </Table>
        </div>
      )}
    </section>
  );
}

interface RowsProps {
  section: Section;
  rollups: Rollup[];
  trends: UnitTrends;
  page: Page;
  width: number;
}

function Rows({ section, rollups, trends, page, width }: RowsProps) {
  const { t } = useTranslation();
  return (
    <Table.Tbody>
      <Table.Tr className="section-row">
        <Table.Th scope="rowgroup" colSpan={width}>
          {t(`all.section.${section.name}`)}
        </Table.Th>
      </Table.Tr>
      {section.indicators.map((indicator) => (
        <Row
          key={indicator.code}
          indicator={indicator}
          rollup={rollups.find((each) => each.indicator === indicator.code)}
          trends={trends}
          page={page}
        />
      ))}
    </Table.Tbody>
  );
}

interface RowProps {
  indicator: Indicator;
  rollup: Rollup | undefined;
  trends: UnitTrends;
  page: Page;
}

function Row({ indicator, rollup, trends, page }: RowProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const below = useProvisionalBelow();
  const name = lang === 'vi' ? indicator.name_vi : indicator.name_en;
  const { reported = 0, expected } = rollup?.reporting ?? {};
  return (
    <Table.Tr
      data-testid={`all-${indicator.code}`}
      data-numerator={rollup?.numerator}
      data-denominator={rollup?.denominator}
      data-value={rollup?.value}
    >
      <Table.Th scope="row">
        {indicator.letter && <span className="letter letter-small">{indicator.letter}</span>}
        {name}
      </Table.Th>
      <Table.Td className="numeric">{rollup ? formatFigure(rollup, lang) : t('all.none')}</Table.Td>
      <Table.Td>{t(`all.units.${indicator.unit}`, { defaultValue: indicator.unit })}</Table.Td>
      <Table.Td className="numeric">
        {rollup?.percent != null ? formatPercentInColumn(rollup.percent, lang) : ''}
      </Table.Td>
      <Table.Td className="numeric">
        {expected !== undefined && `${formatNumber(reported, lang)} / ${formatNumber(expected, lang)}`}
        {rollup && isProvisional(rollup.reporting, below) && (
          <small className="provisional">{t('league.isProvisional')}</small>
        )}
      </Table.Td>
      <Table.Td data-testid={`trend-${indicator.code}`}>
        <TrendChart
          isSmall
          indicator={indicator}
          months={trends.of(indicator.code)}
          before={trends.before(indicator.code)}
          target={rollup?.target}
        />
      </Table.Td>
      <Table.Td>
        {rollup && <WhyButton of={{ unit: page.unit, indicator: indicator.code }} name={name} place="all" />}
      </Table.Td>
    </Table.Tr>
  );
}
