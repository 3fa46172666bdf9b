/** The map of the 34 provinces, shaded by the share of reports that are in, with Hoàng Sa and Trường Sa. A click opens a province. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completeness } from '../api';
import { formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import type { Area } from '../map-area';
import { reportedShare, scaleOf, type Scale } from '../shades';
import { CountryMap } from './country-map';

/** Of a province: how many reports, or reporting units, are expected and there. */
export type ProvinceShare = Pick<Completeness['children'][number], 'unit' | 'name' | 'expected' | 'reported'> & {
  complete?: number;
};

interface Props {
  rows: ProvinceShare[];
  selected: string;
  label?: string;
}

export default function ProvinceMap({ rows, selected, label }: Props) {
  const { t } = useTranslation();
  const scale = useMemo(() => scaleOf(rows.map(reportedShare)), [rows]);
  const areas = useAreas(rows, scale);
  const legend = { title: t('map.legend'), steps: scale.steps };
  return <CountryMap areas={areas} selected={selected} label={label ?? t('map.alt')} legend={legend} />;
}

function useAreas(rows: ProvinceShare[], { shadeOf }: Scale): Area[] {
  const { t } = useTranslation();
  const lang = useLang();
  return useMemo(
    () =>
      rows.map((row) => ({
        code: row.unit,
        shade: shadeOf(reportedShare(row)),
        title: row.name,
        lines: [
          `${t('map.reported')}: ${formatNumber(row.reported, lang)} / ${formatNumber(row.expected, lang)} (${formatPercent(
            reportedShare(row) ?? 0,
            lang,
          )})`,
          ...(row.complete === undefined ? [] : [`${t('map.complete')}: ${formatNumber(row.complete, lang)}`]),
        ],
      })),
    [rows, shadeOf, t, lang],
  );
}
