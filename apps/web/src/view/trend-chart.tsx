/** An indicator's months of a year as a small line, over the year before and the target. What it shows is said in its label. */
import { useTranslation } from 'react-i18next';
import type { Indicator, Target } from '../api';
import { formatGoal, formatNumber, formatPercent, windowName } from '../format';
import { useLang } from '../i18n';
import { drawnOf, trendHeight, trendOf, trendWidth, type Trend, type TrendMonth } from '../trend';
import { parseWindow } from '../window';

interface Props {
  indicator: Indicator;
  months: TrendMonth[];
  before: TrendMonth[];
  target: Target | null | undefined;
  /** Of a row of a table: the line alone. */
  isSmall?: boolean;
}

/** Nothing where no month of either year has a figure. */
export function TrendChart({ indicator, months, before, target, isSmall = false }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const goal = target && 'percent' in target ? target : undefined;
  const trend = trendOf(months, before, goal?.percent);
  const label = useLabel(indicator, months, goal && formatGoal(goal, lang));
  if (!trend) return isSmall ? null : <p className="note">{t('trend.none')}</p>;
  const year = Number(months[0]?.period.slice(0, 4));
  const line = <Line trend={trend} label={label} />;
  if (isSmall) return <div className="trend trend-small">{line}</div>;
  return (
    <figure className="trend" data-testid="trend">
      <div className="trend-scale" aria-hidden="true">
        <span>{trend.isPercent ? formatPercent(trend.most, lang) : formatNumber(trend.most, lang)}</span>
        <span>0</span>
      </div>
      {line}
      <figcaption>
        <span className="trend-own">━ {t('trend.key.own', { year })}</span>
        {trend.before && <span className="trend-earlier">┅ {t('trend.key.before', { year: year - 1 })}</span>}
        {goal && <span className="trend-target">╌ {t('trend.key.goal', { goal: formatGoal(goal, lang) })}</span>}
        {trend.marks.some(({ month }) => month.isProvisional) && <span>○ {t('trend.key.early')}</span>}
        <span>{t('trend.each')}</span>
      </figcaption>
    </figure>
  );
}

/** The months and their figures in words. */
function useLabel(indicator: Indicator, months: readonly TrendMonth[], goal: string | undefined): string {
  const { t } = useTranslation();
  const lang = useLang();
  const said = months.flatMap(({ period, figure }) => {
    const value = drawnOf(figure);
    const month = parseWindow(period);
    if (value === undefined || !month) return [];
    const text = figure?.value === undefined ? formatPercent(value, lang) : formatNumber(value, lang);
    return t('trend.altMonth', { month: windowName(month, lang), figure: text });
  });
  const name = lang === 'vi' ? indicator.name_vi : indicator.name_en;
  return [t('trend.alt', { name, months: said.join('; ') }), goal && t('trend.altGoal', { goal })]
    .filter(Boolean)
    .join(' ');
}

function Line({ trend: { line, before, marks, goal }, label }: { trend: Trend; label: string }) {
  return (
    <svg viewBox={`0 0 ${trendWidth} ${trendHeight}`} role="img" aria-label={label}>
      <rect className="timeline-ground" width={trendWidth} height={trendHeight} />
      {goal !== undefined && <line className="trend-goal" x1="0" x2={trendWidth} y1={goal} y2={goal} />}
      <path className="trend-before" d={before} />
      <path className="trend-line" d={line} />
      {marks.map(({ x, y, month }) => (
        <circle
          key={month.period}
          className={month.isProvisional ? 'mark-early' : 'mark-report'}
          cx={x}
          cy={y}
          r="2.4"
        />
      ))}
    </svg>
  );
}
