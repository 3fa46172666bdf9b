/** Decides what waits: one correction with its effect, or all of a unit's month that were seen. */
import { useTranslation } from 'react-i18next';
import type { HeldCorrection } from '../api';
import type { Group } from '../corrections';
import { windowName } from '../format';
import { useLang } from '../i18n';
import { useDecideHeld } from '../queries';
import { useUnitName } from '../unit-names';
import { parseWindow } from '../window';
import { Change, IndicatorName } from './correction';
import { DecisionForm } from './decision-form';
import { Dialog } from './dialog';
import { EffectTable } from './effect-table';

export interface Asked {
  verdict: 'accept' | 'refuse';
  items: HeldCorrection[];
  /** Where all of it is meant. */
  all?: Group;
}

export function HeldDialog({
  asked: { verdict, items, all },
  unit,
  close,
}: {
  asked: Asked;
  unit: string;
  close: () => void;
}) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useUnitName(unit);
  const { mutate, isPending, error } = useDecideHeld();
  const [first] = items;
  if (!first) return null;
  const month = parseWindow(first.period);
  const where = `${nameOf(first.unit)}, ${month ? windowName(month, lang) : first.period}`;
  const which = all ? { unit: all.unit, period: all.period, upTo: all.upTo } : { id: first.id };
  return (
    <Dialog testId="held-dialog" title={`${t(`held.${verdict}Title`)}: ${where}`} isWide close={close}>
      <p>{t(`held.${verdict}Lead`)}</p>
      {items.map((item) => (
        <div key={item.id}>
          <p>
            <IndicatorName code={item.indicator} />: <Change item={item} />
          </p>
          {verdict === 'accept' && item.effect && <EffectTable effect={item.effect} province={unit} />}
        </div>
      ))}
      <DecisionForm
        reason={verdict === 'refuse' ? 'needed' : 'possible'}
        label={t(`held.${verdict}`)}
        testId="decide-now"
        busy={isPending}
        error={error}
        decide={(reason) => mutate({ verdict, reason, ...which }, { onSuccess: close })}
        cancel={close}
      />
    </Dialog>
  );
}
