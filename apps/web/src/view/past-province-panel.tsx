/**
 * The provinces as of an earlier instant: the chosen indicator's figure of each, and how many of its units had reported it.
 *
 * Whether a report was whole or on time is kept for now only; so this stands in the place of the map of reports.
 */
import { NativeSelect, Table } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildRow } from '../api';
import { formatFigure, formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import { useChildren, useTargets } from '../queries';
import { reportedShare } from '../shades';
import { goTo, type Page } from '../use-page';
import { WhyLink } from './why-opener';
import { MapOrTable } from './map-or-table';
import { Failed, Loading } from './notice';
import type { ProvinceShare } from './province-map';
import { ProvinceRows } from './province-rows';
import type { Column } from './sort-header';

const ProvinceMap = lazy(() => import('./province-map'));

const shareOf = ({ unit, name, reporting }: ChildRow): ProvinceShare => ({
  unit,
  name,
  expected: reporting?.expected ?? 0,
  reported: reporting?.reported ?? 0,
});

export function PastProvincePanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const targets = useTargets();
  const { asTable, indicator: code = 'b' } = page;
  const { data, error, refetch } = useChildren({ ...page, unit: 'VN' }, code);
  return (
    <section className="panel" aria-labelledby="map-title" data-testid="past-provinces">
      <div className="panel-head">
        <h3 id="map-title">{t('asOf.provinces')}</h3>
        <MapOrTable asTable={asTable} />
      </div>
      <NativeSelect
        data-testid="past-indicator"
        aria-label={t('communes.indicator')}
        size="xs"
        value={code}
        onChange={(event) => goTo({ indicator: event.currentTarget.value })}
        data={(targets ?? []).map((target) => ({
          value: target.code,
          label: `${target.letter}. ${lang === 'vi' ? target.name_vi : target.name_en}`,
        }))}
      />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={430} />}
      {data && <Lead rows={data} />}
      {data && asTable && <PastTable rows={data} indicator={code} selected={page.unit} />}
      {data && !asTable && (
        <Suspense fallback={<Loading height={430} />}>
          <ProvinceMap rows={data.map(shareOf)} selected={page.unit} label={t('asOf.mapAlt')} />
        </Suspense>
      )}
    </section>
  );
}

function Lead({ rows }: { rows: ChildRow[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  const sum = (of: (share: ProvinceShare) => number) => rows.map(shareOf).reduce((all, share) => all + of(share), 0);
  const [expected, reported] = [sum((share) => share.expected), sum((share) => share.reported)];
  return (
    <p className="lead">
      {t('asOf.provincesLead', {
        reported: formatNumber(reported, lang),
        expected: formatNumber(expected, lang),
        share: formatPercent(expected === 0 ? 0 : (100 * reported) / expected, lang),
      })}
    </p>
  );
}

function PastTable({ rows, indicator, selected }: { rows: ChildRow[]; indicator: string; selected: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <ProvinceRows
      label={t('asOf.provinces')}
      rows={rows}
      columns={useColumns()}
      selected={selected}
      cells={(row) => (
        <>
          <Table.Td className="numeric">
            {formatNumber(shareOf(row).reported, lang)} / {formatNumber(shareOf(row).expected, lang)}
          </Table.Td>
          <Table.Td className="numeric">
            <WhyLink of={{ unit: row.unit, name: row.name, indicator }}>
              {row.reported ? formatFigure(row, lang) : '–'}
            </WhyLink>
          </Table.Td>
          <Table.Td className="numeric">{row.percent != null ? formatPercent(row.percent, lang) : '–'}</Table.Td>
        </>
      )}
    />
  );
}

function useColumns(): Column<ChildRow>[] {
  const { t } = useTranslation();
  return useMemo(
    (): Column<ChildRow>[] => [
      { key: 'name', name: t('map.province'), valueOf: (row) => row.name },
      { key: 'reported', name: t('map.reported'), valueOf: (row) => reportedShare(shareOf(row)), numeric: true },
      { key: 'figure', name: t('communes.figure'), valueOf: (row) => row.value ?? row.numerator, numeric: true },
      { key: 'percent', name: t('communes.percent'), valueOf: (row) => row.percent, numeric: true },
    ],
    [t],
  );
}
