/**
 * One indicator: its share or count, what it is made of, who has reported, and how it stands against the target.
 *
 * `data-` attributes carry the raw numbers, for tests and for anyone who copies from the page.
 */
import { useTranslation } from 'react-i18next';
import type { Indicator, Rollup } from '../api';
import type { Change } from '../changes';
import { formatNumber, formatTime, headline } from '../format';
import { useLang } from '../i18n';
import { isProvisional } from '../provisional';
import { useProvisionalBelow } from '../queries';
import type { Page } from '../use-page';
import { parseWindow } from '../window';
import { GapLine } from './gap-line';
import { WhyButton } from './why-opener';
import { TargetLine } from './target-line';

interface Props {
  indicator: Indicator;
  rollup: Rollup | undefined;
  hasPlan: boolean | undefined;
  page: Page;
  /** Given to the card whose figure changed last. */
  change: Change | undefined;
}

export function IndicatorCard({ indicator, rollup, hasPlan, page, change }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const name = lang === 'vi' ? indicator.name_vi : indicator.name_en;
  const year = parseWindow(page.window)?.year ?? 0;
  const below = useProvisionalBelow();
  // Of too few reports no distance is told, as no verdict is.
  const isEarly = rollup === undefined || isProvisional(rollup.reporting, below);
  return (
    <article
      className={change ? 'card card-changed' : 'card'}
      data-testid={`indicator-${indicator.code}`}
      data-numerator={rollup?.numerator}
      data-denominator={rollup?.denominator}
      data-value={rollup?.value}
    >
      <div className="card-head">
        <h3>
          <span className="letter">{indicator.letter}</span>
          <span className="card-name">{name}</span>
        </h3>
        <WhyButton of={{ unit: page.unit, indicator: indicator.code }} name={name} />
      </div>
      {/* A new key draws the line anew, and so starts the highlight again. */}
      <div key={change?.serial ?? 0} className={change ? 'card-figure flash' : 'card-figure'}>
        {rollup ? <Numbers indicator={indicator} rollup={rollup} /> : <p className="empty">{t('state.none')}</p>}
      </div>
      <TargetLine
        rollup={rollup}
        indicator={indicator.code}
        hasPlan={rollup?.hasPlan ?? hasPlan}
        national={page.unit === 'VN'}
        year={year}
      />
      {rollup && page.asOf === undefined && !isEarly && <GapLine rollup={rollup} indicator={indicator} year={year} />}
      <p className="card-foot">
        <span>{rollup ? reportingText(rollup) : t('indicators.reportingNone')}</span>
        {rollup && page.asOf === undefined && (
          <time dateTime={rollup.updatedAt} className={change && 'card-now'}>
            {t(change ? 'indicators.changed' : 'indicators.updated', {
              time: formatTime(rollup.updatedAt, lang, Date.now()),
            })}
          </time>
        )}
      </p>
    </article>
  );

  function reportingText({ reporting }: Rollup): string {
    return t('indicators.reporting', {
      reported: formatNumber(reporting.reported, lang),
      expected: formatNumber(reporting.expected, lang),
    });
  }
}

function Numbers({ indicator, rollup }: { indicator: Indicator; rollup: Rollup }) {
  const { t } = useTranslation();
  const lang = useLang();
  const head = headline(rollup, lang);
  const isCount = typeof rollup.value === 'number';
  const isEarly = isProvisional(rollup.reporting, useProvisionalBelow());
  return (
    <>
      {isEarly && <Provisional reporting={rollup.reporting} />}
      <p className={isEarly ? 'big big-provisional' : 'big'}>{head ?? '–'}</p>
      <p className="parts">
        {isCount ? (
          t(`indicators.count.${indicator.code}`, { defaultValue: indicator.unit })
        ) : (
          <>
            <b>{formatNumber(rollup.numerator ?? 0, lang)}</b> / {formatNumber(rollup.denominator ?? 0, lang)}
            {head === undefined && <span> · {t('indicators.undivided')}</span>}
          </>
        )}
      </p>
      {!isCount && rollup.percent !== null && <Bar rollup={rollup} />}
    </>
  );
}

/** In place of a verdict, where too few have reported. */
function Provisional({ reporting: { reported, expected } }: Pick<Rollup, 'reporting'>) {
  const { t } = useTranslation();
  const lang = useLang();
  const counts = { reported: formatNumber(reported, lang), expected: formatNumber(expected, lang) };
  return (
    <p className="provisional" data-testid="provisional">
      {t('indicators.provisional', counts)}
    </p>
  );
}

/** The share as a bar, with a mark where the target is. Said in words elsewhere on the card. */
function Bar({ rollup }: { rollup: Rollup }) {
  const goal = rollup.target && 'percent' in rollup.target ? rollup.target.percent : undefined;
  return (
    <svg className="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect className="bar-all" width="100" height="6" />
      <rect className="bar-part" width={Math.min(100, rollup.percent ?? 0)} height="6" />
      {goal !== undefined && <rect className="bar-goal" x={Math.min(99.2, goal - 0.4)} width="0.8" height="6" />}
    </svg>
  );
}
