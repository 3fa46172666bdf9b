/** How an indicator stands against its target: the target in words, whether it is attained, and what the plan notes. */
import { useTranslation } from 'react-i18next';
import type { PercentTarget, Rollup } from '../api';
import { formatGoal, formatPercent, scopedPercent, type Lang } from '../format';
import { useLang } from '../i18n';
import { isProvisional } from '../provisional';
import { useProvisionalBelow } from '../queries';
import { planNote } from '../plan-notes';

/** Shown everywhere, but no plan sets a target for it. */
const untargeted = 'g';

interface Props {
  rollup: Rollup | undefined;
  indicator: string;
  hasPlan: boolean | undefined;
  national: boolean;
  year: number;
}

export function TargetLine({ rollup, indicator, hasPlan, national, year }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const below = useProvisionalBelow();
  const target = rollup?.target;
  if (!target) {
    if (national && indicator !== untargeted) return <p className="target target-none">{t('indicators.national')}</p>;
    if (!national && hasPlan === false) return <p className="target target-none">{t('indicators.noPlan')}</p>;
    return rollup || national ? <p className="target target-none">{t('indicators.noTarget')}</p> : null;
  }
  return (
    <div className="target">
      <p>
        {!isProvisional(rollup.reporting, below) && <Attained attained={rollup.attained} />}
        {'percent' in target ? goalText(target, year) : t('indicators.trend')}
      </p>
      {'scope' in target && target.scope && <Scope rollup={rollup} scope={target.scope} lang={lang} />}
      {target.note && (
        <p className="note">
          {t('indicators.note')}: {planNote(target.note, lang)}
        </p>
      )}
    </div>
  );

  function goalText(goal: PercentTarget, forYear: number): string {
    const yearly = t('indicators.target', { year: forYear, goal: formatGoal(goal, lang) });
    return goal.byEnd ? `${yearly}; ${t('indicators.byEnd', { goal: formatGoal(goal.byEnd, lang) })}` : yearly;
  }
}

function Attained({ attained }: { attained: boolean | null }) {
  const { t } = useTranslation();
  if (attained === null) return <span className="badge badge-open">{t('indicators.open')}</span>;
  return attained ? (
    <span className="badge badge-yes">✓ {t('indicators.attained')}</span>
  ) : (
    <span className="badge badge-no">✗ {t('indicators.missed')}</span>
  );
}

/** A target that looks at some categories only: which, and the percentage over them. */
function Scope({ rollup, scope, lang }: { rollup: Rollup; scope: string[]; lang: Lang }) {
  const { t } = useTranslation();
  const percent = scopedPercent(rollup);
  const list = scope.map((category) => t(`scope.${category}`, { defaultValue: category })).join(', ');
  return (
    <p className="note">
      {t('indicators.scope', { list })}
      {percent !== undefined && ` (${t('indicators.scopePercent', { percent: formatPercent(percent, lang) })})`}
    </p>
  );
}
