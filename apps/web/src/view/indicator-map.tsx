/** The map of the 34 provinces, shaded by an indicator: by its percentage, or by what it counts. A click opens a province. */
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { Cell, IndicatorRow } from '../api-table';
import { formatFigure, formatNumber, formatPercent, type Lang } from '../format';
import { useLang } from '../i18n';
import { changeOf, signed } from '../league';
import type { Area } from '../map-area';
import { isProvisional } from '../provisional';
import { useProvisionalBelow } from '../queries';
import { scaleOf, type Scale } from '../shades';
import { CountryMap } from './country-map';
import { goalText } from './league-cell';

interface Props {
  rows: IndicatorRow[];
  indicator: Indicator;
  selected: string;
}

const shareOf = ({ cell }: IndicatorRow): number | null => cell?.value ?? cell?.percent ?? null;

export default function IndicatorMap({ rows, indicator, selected }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const isRatio = indicator.kind === 'ratio';
  const scale = useMemo(() => scaleOf(rows.map(shareOf), isRatio ? 100 : Infinity), [rows, isRatio]);
  const areas = useAreas(rows, scale);
  return (
    <CountryMap
      areas={areas}
      selected={selected}
      label={t('shading.alt', { name: lang === 'vi' ? indicator.name_vi : indicator.name_en })}
      legend={{
        title: t('shading.legend'),
        steps: scale.steps,
        names: { none: t('shading.undivided') },
        ...(isRatio ? {} : { write: formatNumber }),
      }}
    />
  );
}

function useAreas(rows: IndicatorRow[], { shadeOf }: Scale): Area[] {
  const { t } = useTranslation();
  const lang = useLang();
  const below = useProvisionalBelow();
  return useMemo(
    () =>
      rows.map((row) => ({
        code: row.unit,
        shade: shadeOf(shareOf(row)),
        title: row.name,
        lines: row.cell ? linesOf(row.cell, { t, lang, below }) : [t('state.none')],
      })),
    [rows, shadeOf, t, lang, below],
  );
}

function linesOf(cell: Cell, { t, lang, below }: { t: TFunction; lang: Lang; below: number }): string[] {
  const { reporting, gap } = cell;
  const counts = { reported: formatNumber(reporting.reported, lang), expected: formatNumber(reporting.expected, lang) };
  const change = changeOf(cell);
  return [
    figureLine(cell, lang),
    isProvisional(reporting, below) && t('league.provisional', counts),
    gap !== null && `${t('league.goal', { goal: goalText(cell, lang) })}: ${signed(gap, lang)}`,
    change !== null && `${t('league.measures.change')}: ${signed(change, lang)}`,
  ].filter((line) => line !== false);
}

const figureLine = (cell: Cell, lang: Lang): string =>
  [formatFigure(cell, lang), cell.percent !== null && `(${formatPercent(cell.percent, lang)})`]
    .filter(Boolean)
    .join(' ');
