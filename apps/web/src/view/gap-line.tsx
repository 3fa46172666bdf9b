/** How far a figure is from its target: in points, in whole people (or what the indicator counts), and how many a month that is. */
import { useTranslation } from 'react-i18next';
import type { Indicator, Rollup } from '../api';
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { gapTo, growthGap, monthsLeft, paceOf, scopedFigure } from '../pace';

interface Props {
  rollup: Rollup;
  indicator: Indicator;
  year: number;
  /** For a target of growth; undefined where it is not known (yet). */
  yearBefore?: number | undefined;
}

/** Nothing where no gap can be said. */
export function GapLine({ rollup, indicator, year, yearBefore }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const { target } = rollup;
  if (!target) return null;
  const unit = t(`all.units.${indicator.unit}`, { defaultValue: indicator.unit });
  const number = (amount: number) => formatNumber(amount, lang);
  if ('trend' in target) {
    if (rollup.value === undefined || yearBefore === undefined) return null;
    const more = growthGap(rollup.value, yearBefore).more ?? 0;
    const words = { more: number(more), unit, before: number(yearBefore) };
    return said(t(more === 0 ? 'trend.gap.grown' : 'trend.gap.growth', words), more);
  }
  const { points, more } = gapTo(target, scopedFigure(rollup, target));
  if (points === undefined) return null;
  const size = number(Math.abs(points));
  if (more === undefined) return said(t('trend.gap.impossible', { points: size }), 0);
  if (more === 0) return points > 0 ? said(t('trend.gap.above', { points: size }), 0) : null;
  return said(
    t(points < 0 ? 'trend.gap.below' : 'trend.gap.justBelow', { points: size, more: number(more), unit }),
    more,
  );

  function said(words: string, needed: number) {
    return (
      <p className="gap" data-testid={`gap-${indicator.code}`} data-more={needed}>
        {words}
        {needed > 0 && `: ${paceWords(needed)}`}
      </p>
    );
  }

  function paceWords(needed: number): string {
    const months = monthsLeft(year, new Date());
    if (months === 0) return t('trend.over');
    const pace = paceOf(needed, months);
    const words = { months: number(months), ...(pace !== undefined && { pace: number(pace) }) };
    return t(pace === undefined ? 'trend.slow' : 'trend.pace', words);
  }
}
