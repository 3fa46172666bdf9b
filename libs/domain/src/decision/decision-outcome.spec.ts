/** Whether a decision decided something, held against what the cells and the state of the month say before and after it. */
import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryDecision } from '../../../../test/kit/decisions.js';
import { withReport, type Skyline } from '../cell/skyline.js';
import type { Decision } from './decision.js';
import { asIfLocked, isInTime } from './decision-outcome.js';
import { MonthDecisions, NOW } from './month-decisions.js';

const { unit, indicator, month } = aReport();
const decisions = fc.uniqueArray(arbitraryDecision({ unit, indicator, month }), {
  maxLength: 6,
  selector: ({ order }) => order,
});
const before = (one: Decision, all: readonly Decision[]) =>
  MonthDecisions.of(all.filter(({ order }) => order < one.order));
const isBounded = (one: Decision) => !('upTo' in one) || one.upTo <= one.receivedAt;

describe('a decision', () => {
  it('is in time exactly where the month is otherwise for it', () => {
    fc.assert(
      fc.property(decisions, (all) => {
        for (const one of all.filter(isBounded)) {
          const was = before(one, all);
          const then = was.with(one);
          const said = isInTime(one, MonthDecisions.of(all));
          if (one.type === 'month.locked' || one.type === 'month.reopened')
            expect(said).toBe(was.lockAt(NOW) !== then.lockAt(NOW));
          if (one.type === 'correction.accepted') {
            const isSettled = was.all.some(
              (other) =>
                other.type === 'correction.refused' && other.indicator === one.indicator && other.upTo >= one.upTo,
            );
            const moves = was.readAsOf(unit, one.indicator, NOW) !== then.readAsOf(unit, one.indicator, NOW);
            expect(said).toBe(moves && !isSettled);
          }
          if (one.type === 'correction.refused') {
            const skyline: Skyline = withReport([], aReport({ receivedAt: one.upTo }));
            const isHeld = (decided: MonthDecisions) => decided.heldAt(skyline, unit, one.indicator, NOW) !== undefined;
            expect(said).toBe(isHeld(was) && !isHeld(then));
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('of two at once only the first is', () => {
    fc.assert(
      fc.property(decisions, (all) => {
        for (const one of all) {
          const again = { ...one, order: one.order + 0.5 } as Decision;
          if (one.type === 'month.submitted' || !isBounded(one)) continue;
          expect(isInTime(again, MonthDecisions.of([...all, again])) && isInTime(one, MonthDecisions.of(all))).toBe(
            false,
          );
        }
      }),
    );
  });
});

describe('what a lock would take', () => {
  it('is what the month says once it is locked so', () => {
    fc.assert(
      fc.property(decisions, fc.integer({ min: 0, max: 10 }), (all, cutOff) => {
        const decided = MonthDecisions.of(all);
        if (decided.lockAt(NOW) !== undefined) return expect(asIfLocked(decided, cutOff)).toBe(decided);
        const by = { id: 'b', name: 'B' };
        const lock = { type: 'month.locked', order: 99, receivedAt: 99, province: '01', month, by } as const;
        const locked = decided.with({ ...lock, cutOff, figures: '' });
        expect(asIfLocked(decided, cutOff).readAsOf(unit, indicator, NOW)).toBe(locked.readAsOf(unit, indicator, NOW));
      }),
    );
  });
});
