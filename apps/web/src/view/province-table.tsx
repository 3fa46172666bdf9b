/** The provinces' reporting as a table: the same figures as the map, to read, sort and open without it. */
import { Table } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completeness } from '../api';
import { formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import { ownName } from '../search';
import { reportedShare, scaleOf } from '../shades';
import { ProvinceRows } from './province-rows';
import type { Column } from './sort-header';

type Province = Completeness['children'][number];

export function ProvinceTable({ rows, selected }: { rows: Province[]; selected: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { shadeOf } = useMemo(() => scaleOf(rows.map(reportedShare)), [rows]);
  const columns = useMemo(
    (): Column<Province>[] => [
      { key: 'name', name: t('map.province'), valueOf: (row) => ownName(row.name) },
      { key: 'reported', name: t('map.reported'), valueOf: (row) => row.reported, numeric: true, first: 'descending' },
      { key: 'share', name: t('map.share'), valueOf: (row) => reportedShare(row) ?? 0, numeric: true },
      { key: 'complete', name: t('map.complete'), valueOf: (row) => row.complete, numeric: true, first: 'descending' },
      { key: 'late', name: t('map.late'), valueOf: (row) => row.late, numeric: true, first: 'descending' },
    ],
    [t],
  );
  return (
    <ProvinceRows
      label={t('map.title')}
      rows={rows}
      columns={columns}
      selected={selected}
      cells={(row) => (
        <>
          <Table.Td className="numeric">
            {formatNumber(row.reported, lang)} / {formatNumber(row.expected, lang)}
          </Table.Td>
          <Table.Td className="numeric">
            <span className={`swatch shade-${shadeOf(reportedShare(row))}`} aria-hidden="true" />
            {formatPercent(reportedShare(row) ?? 0, lang)}
          </Table.Td>
          <Table.Td className="numeric">{formatNumber(row.complete, lang)}</Table.Td>
          <Table.Td className="numeric">{formatNumber(row.late, lang)}</Table.Td>
        </>
      )}
    />
  );
}
