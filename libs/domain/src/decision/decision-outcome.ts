/**
 * Whether a decision decided something, seen from those before it.
 *
 * Two may decide at once: both decisions stand in the topic, and only their order says which was in time. So whoever decided looks at his own
 * once it stands there. It depends on decisions alone: reports may come in between, before or after.
 */
import type { Decision, MonthLocked } from './decision.js';
import { MonthDecisions, NOW } from './month-decisions.js';

/** @param month the month's decisions, this one and later ones among them */
export const isInTime = (decision: Decision, month: MonthDecisions): boolean => {
  const before = MonthDecisions.of(month.all.filter(({ order }) => order < decision.order));
  const isLocked = before.lockAt(NOW) !== undefined;
  switch (decision.type) {
    case 'month.submitted':
    case 'month.locked':
      return !isLocked;
    case 'month.reopened':
      return isLocked;
    default:
      return isLocked && !isDecided(decision, before);
  }
};

/** What of a cell came up to an instant was accepted or refused before: it waits no more. */
const isDecided = (
  { unit, indicator, upTo }: { readonly unit: number; readonly indicator: number; readonly upTo: number },
  before: MonthDecisions,
): boolean =>
  before.readAsOf(unit, indicator, NOW) >= upTo ||
  before.all.some(
    (one) => one.type === 'correction.refused' && one.unit === unit && one.indicator === indicator && one.upTo >= upTo,
  );

/** The decisions with a lock of an open month as of an instant, as one made now would be: what it would take. */
export const asIfLocked = (month: MonthDecisions, cutOff: number): MonthDecisions => {
  if (month.lockAt(NOW) !== undefined) return month;
  const lock: MonthLocked = {
    ...{ type: 'month.locked', order: NOW, receivedAt: NOW, province: '', month: -1 },
    ...{ by: { id: '', name: '' }, cutOff, figures: '' },
  };
  return month.with(lock);
};
