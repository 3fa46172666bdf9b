/** The provinces by one indicator: how many have it and attain it, then the map or the table with the same figures. */
import { Table } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { Cell, IndicatorRow } from '../api-table';
import { formatFigure, formatNumber, formatPercentInColumn } from '../format';
import { useLang } from '../i18n';
import { changeOf, signed } from '../league';
import { isProvisional } from '../provisional';
import { useProvisionalBelow } from '../queries';
import { ownName } from '../search';
import { useTable } from '../table-queries';
import type { Page } from '../use-page';
import { WhyLink } from './why-opener';
import { changeText, goalText, Verdict } from './league-cell';
import { Failed, Loading } from './notice';
import { ProvinceRows } from './province-rows';
import type { Column } from './sort-header';

const IndicatorMap = lazy(() => import('./indicator-map'));

export function IndicatorProvinces({ page, indicator }: { page: Page; indicator: Indicator }) {
  const { data, error, refetch } = useTable({ ...page, unit: 'VN' }, indicator.group);
  const rows = useMemo(
    () =>
      data?.rows.map(({ unit, name, items }) => ({
        unit,
        name,
        cell: items.find((item) => item.indicator === indicator.code),
      })),
    [data, indicator.code],
  );
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!rows) return <Loading height={430} />;
  return (
    <>
      <Lead rows={rows} />
      {page.asTable ? (
        <IndicatorTable rows={rows} indicator={indicator} selected={page.unit} />
      ) : (
        <Suspense fallback={<Loading height={430} />}>
          <IndicatorMap rows={rows} indicator={indicator} selected={page.unit} />
        </Suspense>
      )}
    </>
  );
}

/** A provisional figure is neither attained nor missed. */
function Lead({ rows }: { rows: IndicatorRow[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  const below = useProvisionalBelow();
  const cells = rows.flatMap(({ cell }) => cell ?? []);
  const settled = cells.filter((cell) => !isProvisional(cell.reporting, below));
  const planned = settled.filter((cell) => cell.attained !== null);
  const numbers = {
    with: cells.length,
    all: rows.length,
    provisional: cells.length - settled.length,
    planned: planned.length,
    attained: planned.filter((cell) => cell.attained).length,
  };
  const written = Object.fromEntries(Object.entries(numbers).map(([key, count]) => [key, formatNumber(count, lang)]));
  return (
    <p className="lead" data-testid="shading-lead">
      {t('shading.lead', written)}
      {planned.length > 0 && `; ${t('shading.attained', written)}`}
    </p>
  );
}

interface TableProps {
  rows: IndicatorRow[];
  indicator: Indicator;
  selected: string;
}

function IndicatorTable({ rows, indicator, selected }: TableProps) {
  const lang = useLang();
  const isRatio = indicator.kind === 'ratio';
  const hasTarget = rows.some(({ cell }) => cell?.target);
  return (
    <ProvinceRows
      label={lang === 'vi' ? indicator.name_vi : indicator.name_en}
      rows={rows}
      columns={useColumns(isRatio, hasTarget)}
      selected={selected}
      cells={({ unit, name, cell }) => (
        <>
          <Table.Td className="numeric">
            {cell ? <WhyLink of={{ unit, name, indicator: indicator.code }}>{formatFigure(cell, lang)}</WhyLink> : '–'}
          </Table.Td>
          {isRatio && <Percent cell={cell} />}
          {hasTarget && <Table.Td className="numeric">{cell && goalText(cell, lang)}</Table.Td>}
          {hasTarget && <Table.Td className="numeric">{cell?.gap != null ? signed(cell.gap, lang) : ''}</Table.Td>}
          <Change cell={cell} />
          <Table.Td className="numeric">
            {cell && `${formatNumber(cell.reporting.reported, lang)} / ${formatNumber(cell.reporting.expected, lang)}`}
          </Table.Td>
        </>
      )}
    />
  );
}

function Percent({ cell }: { cell: Cell | undefined }) {
  const lang = useLang();
  const below = useProvisionalBelow();
  const isSettled = cell && !isProvisional(cell.reporting, below);
  return (
    <Table.Td className="numeric">
      {isSettled && <Verdict attained={cell.attained} />}
      {cell?.percent != null ? formatPercentInColumn(cell.percent, lang) : '–'}
    </Table.Td>
  );
}

function Change({ cell }: { cell: Cell | undefined }) {
  const lang = useLang();
  const change = cell && changeOf(cell);
  return <Table.Td className="numeric">{change != null ? changeText(change, lang) : '–'}</Table.Td>;
}

function useColumns(isRatio: boolean, hasTarget: boolean): Column<IndicatorRow>[] {
  const { t } = useTranslation();
  return useMemo((): Column<IndicatorRow>[] => {
    const numeric = (key: string, name: string, valueOf: Column<IndicatorRow>['valueOf']): Column<IndicatorRow> => ({
      key,
      name,
      valueOf,
      numeric: true,
    });
    return [
      { key: 'name', name: t('map.province'), valueOf: ({ name }) => ownName(name) },
      numeric('figure', t('communes.figure'), ({ cell }) => cell?.value ?? cell?.numerator),
      ...(isRatio ? [numeric('percent', t('communes.percent'), ({ cell }) => cell?.percent)] : []),
      ...(hasTarget
        ? [
            numeric('target', t('shading.target'), ({ cell }) =>
              cell?.target && 'percent' in cell.target ? cell.target.percent : null,
            ),
            numeric('gap', t('shading.gap'), ({ cell }) => cell?.gap),
          ]
        : []),
      numeric('change', t('league.measures.change'), ({ cell }) => (cell ? changeOf(cell) : null)),
      numeric('reporting', t('shading.reporting'), ({ cell }) => cell?.reporting.reported),
    ];
  }, [t, isRatio, hasTarget]);
}
