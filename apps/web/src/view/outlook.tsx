/** Of one indicator: its year by month with the target, how far the target is, and what the figure can still become. */
import { useTranslation } from 'react-i18next';
import type { Indicator, Rollup } from '../api';
import { formatNumber, formatPercent, windowName } from '../format';
import { useLang } from '../i18n';
import { isProvisional } from '../provisional';
import { useChildren, useProvisionalBelow, useRollups } from '../queries';
import { stillPossible, type StillPossible } from '../still-possible';
import { useTrends } from '../trend-queries';
import type { Why } from '../why';
import { firstYear, parseWindow, type ReportWindow } from '../window';
import { GapLine } from './gap-line';
import { TrendChart } from './trend-chart';

/** @param rollup of the window that is looked at */
export function Outlook({ why, indicator, rollup }: { why: Why; indicator: Indicator; rollup: Rollup | undefined }) {
  const { t } = useTranslation();
  const window = parseWindow(why.window);
  const year = window?.year ?? firstYear;
  const { of, before, isLoading } = useTrends(why.unit, year, true);
  if (!window || isLoading) return null;
  const target = rollup?.target;
  const isProvince = why.unit.length === 2 && why.unit !== 'VN';
  return (
    <section aria-labelledby="why-trend">
      <h4 id="why-trend">{t('trend.title', { year })}</h4>
      <TrendChart indicator={indicator} months={of(indicator.code)} before={before(indicator.code)} target={target} />
      {rollup && target && <ToTarget rollup={rollup} indicator={indicator} year={year} unit={why.unit} />}
      {isProvince && indicator.kind === 'ratio' && (
        <Possible why={why} window={window} target={target ?? null} indicator={indicator} />
      )}
      {why.unit === 'VN' && indicator.group === 'target' && <p className="note">{t('trend.still.country')}</p>}
    </section>
  );
}

interface TargetProps {
  rollup: Rollup;
  indicator: Indicator;
  year: number;
  unit: string;
}

function ToTarget({ rollup, indicator, year, unit }: TargetProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const isGrowth = rollup.target !== null && 'trend' in rollup.target;
  const isEarly = isProvisional(rollup.reporting, useProvisionalBelow());
  const { reported, expected } = rollup.reporting;
  return (
    <>
      {isEarly && (
        <p className="provisional">
          {t('indicators.provisional', {
            reported: formatNumber(reported, lang),
            expected: formatNumber(expected, lang),
          })}
        </p>
      )}
      {isGrowth && year > firstYear ? (
        <Growth rollup={rollup} indicator={indicator} year={year} unit={unit} />
      ) : (
        <GapLine rollup={rollup} indicator={indicator} year={year} />
      )}
      {!isGrowth && <p className="note">{t('trend.if')}</p>}
    </>
  );
}

/** What the year before was is asked for where the target is to pass it. */
function Growth({ rollup, indicator, year, unit }: TargetProps) {
  const { data } = useRollups({ unit, window: String(year - 1), asOf: undefined });
  const before = data?.find((each) => each.indicator === indicator.code)?.value;
  return <GapLine rollup={rollup} indicator={indicator} year={year} yearBefore={before} />;
}

interface PossibleProps {
  why: Why;
  window: ReportWindow;
  target: Rollup['target'];
  indicator: Indicator;
}

/** Of the window and of the whole year; denominators that are not reported in it are taken from the year, then from the year before. */
function Possible({ why, window, target, indicator }: PossibleProps) {
  const { t } = useTranslation();
  const { unit } = why;
  const year = parseWindow(String(window.year));
  const own = useChildren({ unit, window: window.code, asOf: undefined }, indicator.code).data;
  const ofYear = useChildren({ unit, window: String(window.year), asOf: undefined }, indicator.code).data;
  const earlier = useChildren(
    { unit, window: String(Math.max(firstYear, window.year - 1)), asOf: undefined },
    indicator.code,
  ).data;
  if (!own || !ofYear || !earlier || !year) return null;
  return (
    <div data-testid="possible">
      <h5>{t('trend.still.title')}</h5>
      <Range possible={stillPossible(own, [ofYear, earlier], target)} window={window} />
      {window.kind !== 'year' && <Range possible={stillPossible(ofYear, [earlier], target)} window={year} />}
    </div>
  );
}

function Range({ possible, window }: { possible: StillPossible; window: ReportWindow }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { worst, best, open, openDenominator, unknown, verdict } = possible;
  const name = windowName(window, lang);
  if (open === 0) return <p>{t('trend.still.settled', { window: name })}</p>;
  if (worst === undefined || best === undefined || open === unknown)
    return <p>{t('trend.still.unbounded', { window: name, n: formatNumber(open, lang) })}</p>;
  return (
    <p>
      <b>
        {t('trend.still.range', { window: name, worst: formatPercent(worst, lang), best: formatPercent(best, lang) })}
        {verdict && ` ${t(`trend.still.${verdict}`)}`}
      </b>{' '}
      <span className="note">
        {t('trend.still.from', {
          open: formatNumber(open, lang),
          denominator: formatNumber(openDenominator, lang),
        })}
        {unknown > 0 && ` ${t('trend.still.unknown', { n: formatNumber(unknown, lang) })}`}
      </span>
    </p>
  );
}
