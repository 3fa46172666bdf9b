/** The map of a province's communes, shaded by the chosen indicator; a click opens a commune. For provinces whose boundaries come with the page. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChildRow, Indicator } from '../api';
import { formatFigure, formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import type { Area } from '../map-area';
import { useProvinces, useShapes } from '../queries';
import { scaleOf, type Scale, type Shade } from '../shades';
import { goTo } from '../use-page';
import GeoMap from './geo-map';
import { MapLegend } from './map-legend';
import { Failed, Loading } from './notice';

interface Props {
  file: string;
  rows: ChildRow[];
  indicator: Indicator | undefined;
  unit: string;
}

const openCommune = (unit: string): void => goTo({ unit });

/** What a commune is shaded by: its percentage; for a yes-or-no count all or nothing, else the count; `null` where there is none. */
const shareOf = (row: ChildRow, isYesOrNo: boolean): number | null => {
  if (!row.reported) return null;
  if (typeof row.value === 'number' && isYesOrNo) return row.value > 0 ? 100 : 0;
  return row.value ?? row.percent ?? null;
};

export default function CommuneMap({ file, rows, indicator, unit }: Props) {
  const { t } = useTranslation();
  const communes = useMemo(() => rows.filter((row) => row.unit !== unit), [rows, unit]);
  const isYesOrNo = indicator?.max_per_unit === 1;
  const isCount = indicator !== undefined && indicator.kind !== 'ratio' && !isYesOrNo;
  const scale = useMemo(
    () =>
      scaleOf(
        communes.map((row) => shareOf(row, isYesOrNo)),
        isCount ? Infinity : 100,
      ),
    [communes, isYesOrNo, isCount],
  );
  const areas = useAreas(communes, scale, isYesOrNo);
  const { data: provinces } = useProvinces();
  const { data: shapes, error, refetch } = useShapes(file);
  if (error) return <Failed error={error} retry={refetch} />;
  if (!shapes) return <Loading height={420} />;
  const names: Partial<Record<Shade, string>> = isYesOrNo
    ? { low: t('communes.hasNone'), full: t('communes.has') }
    : { none: t('communes.undivided') };
  return (
    <div className="map-box commune-map">
      <GeoMap
        testId="commune-map"
        className="map map-communes"
        name={file}
        shapes={shapes}
        areas={areas}
        onSelect={openCommune}
        label={t('communes.map', { name: provinces?.find(({ code }) => code === unit)?.fullName ?? unit })}
      />
      <MapLegend
        title={indicator?.letter ? t('communes.legend', { letter: indicator.letter }) : t('shading.legend')}
        steps={scale.steps}
        names={names}
        {...(isCount ? { write: formatNumber } : {})}
      />
    </div>
  );
}

function useAreas(rows: ChildRow[], { shadeOf }: Scale, isYesOrNo: boolean): Area[] {
  const { t } = useTranslation();
  const lang = useLang();
  return useMemo(
    () =>
      rows.map((row) => ({
        code: row.unit,
        shade: shadeOf(shareOf(row, isYesOrNo)),
        title: row.name,
        lines: row.reported
          ? [
              [formatFigure(row, lang), row.percent != null && `(${formatPercent(row.percent, lang)})`]
                .filter(Boolean)
                .join(' '),
            ]
          : [t('communes.no')],
      })),
    [rows, shadeOf, isYesOrNo, t, lang],
  );
}
