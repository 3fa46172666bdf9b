/** What a cell of a month says as of an instant, held against clock rules written out plainly: every combination is small enough to be seen. */
import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryDecision } from '../../../../test/kit/decisions.js';
import { compareReports, type Report } from '../cell/cell.js';
import { withReport, type Skyline } from '../cell/skyline.js';
import type { Decision } from './decision.js';
import { MonthDecisions, NOW } from './month-decisions.js';

const { unit, indicator, month } = aReport();
const aCell = fc.array(
  fc
    .record({ revision: fc.integer({ min: 1, max: 4 }), receivedAt: fc.integer({ min: 1, max: 9 }) })
    .map((fields) => aReport(fields)),
  { maxLength: 6 },
);
const decisions = fc.uniqueArray(arbitraryDecision({ unit, indicator, month }), {
  maxLength: 6,
  selector: ({ order }) => order,
});
const instants = Array.from({ length: 12 }, (_, at) => at);
const skylineOf = (reports: readonly Report[]): Skyline => reports.reduce(withReport, []);
const inOrder = (all: readonly Decision[]) =>
  [...new Map(all.map((one) => [one.order, one])).values()].sort((a, b) => a.order - b.order);

/** As of which instant the cell is read at T, by the words of the rule. */
const plainlyReadAsOf = (all: readonly Decision[], at: number): number => {
  const made = inOrder(all).filter(({ receivedAt }) => receivedAt <= at);
  let cutOff: number | undefined;
  for (const one of made) {
    if (one.type === 'month.reopened') cutOff = undefined;
    if (one.type === 'month.locked' && cutOff === undefined) cutOff = Math.min(one.cutOff, one.receivedAt);
  }
  if (cutOff === undefined) return at;
  const accepted = made.flatMap((one) =>
    one.type === 'correction.accepted' && one.unit === unit && one.indicator === indicator ? [one] : [],
  );
  return Math.max(cutOff, ...accepted.map(({ upTo, receivedAt }) => Math.min(upTo, receivedAt)));
};
const plainWordAt = (reports: readonly Report[], at: number): Report | undefined => {
  const known = reports.filter(({ receivedAt }) => receivedAt <= at);
  return known.find((one) => known.every((other) => compareReports(one, other) >= 0));
};

describe('the decisions of a month', () => {
  it('say of a cell as of every instant what the rule says of all reports and decisions', () => {
    fc.assert(
      fc.property(aCell, decisions, (reports, decided) => {
        const held = MonthDecisions.of(decided);
        for (const at of [...instants, NOW]) {
          const said = held.wordAt(skylineOf(reports), unit, indicator, at);
          expect(said?.revision).toBe(plainWordAt(reports, plainlyReadAsOf(decided, at))?.revision);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('count one that was sent twice at its first place, whatever comes in between', () => {
    const [lock, reopened] = ['month.locked', 'month.reopened'].map(
      (type, n) =>
        ({
          ...{ type, id: type, order: n + 1, receivedAt: n + 1, province: '01', month },
          ...{ by: { id: 'a', name: 'A' }, cutOff: 1, figures: '', reason: '' },
        }) as Decision,
    );
    const again = { ...lock, order: 3, receivedAt: 3 };
    for (const order of [
      [lock, reopened, again],
      [again, reopened, lock],
    ]) {
      const held = MonthDecisions.of(order);
      expect(held.all).toEqual([lock, reopened]);
      expect([held.lockAt(1), held.lockAt(NOW)]).toEqual([lock, undefined]);
    }
  });

  it('end the same whatever the order and however often they come', () => {
    const twice = decisions.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all])));
    fc.assert(
      fc.property(twice, ([all, shuffled]) => {
        const distinct = inOrder(all).filter(({ order }) => shuffled.some((one) => one.order === order));
        const kept = shuffled.map(({ order }) => distinct.find((one) => one.order === order) as Decision);
        expect(MonthDecisions.of(kept).all).toEqual(distinct);
      }),
    );
  });

  it('have a history that says as of every instant what the cell says, and only changes', () => {
    fc.assert(
      fc.property(aCell, decisions, (reports, decided) => {
        const [held, skyline] = [MonthDecisions.of(decided), skylineOf(reports)];
        const history = held.historyOf(skyline, unit, indicator);
        for (const at of instants) {
          const said = history.findLast((change) => change.at <= at)?.word;
          expect(said).toBe(held.wordAt(skyline, unit, indicator, at));
        }
        history.forEach(({ word }, n) => expect(word).not.toBe(n === 0 ? undefined : history[n - 1].word));
      }),
      { numRuns: 1_000 },
    );
  });

  const decide = (
    type: Decision['type'],
    receivedAt: number,
    more: Partial<Record<string, unknown>> = {},
  ): Decision => {
    const by = { id: 'a', name: 'A' };
    const base = {
      type,
      order: receivedAt,
      receivedAt,
      province: '01',
      month,
      unit,
      indicator,
      by,
      figures: '',
      reason: '',
    };
    return { ...base, ...more } as Decision;
  };
  const skyline = skylineOf([1, 2, 3].map((revision) => aReport({ revision, receivedAt: revision * 10 })));
  const heldAt = (at: number, ...all: readonly Decision[]) =>
    MonthDecisions.of(all).heldAt(skyline, unit, indicator, at)?.revision;
  const lock = decide('month.locked', 15, { cutOff: 12 });

  it('hold a correction that came after the cut-off until it is decided, and the next one anew', () => {
    expect([14, 16, 20, 30].map((at) => heldAt(at, lock))).toEqual([undefined, undefined, 2, 3]);
    const refused = decide('correction.refused', 25, { upTo: 20 });
    expect([24, 25, 30].map((at) => heldAt(at, lock, refused))).toEqual([2, undefined, 3]);
    const accepted = decide('correction.accepted', 25, { upTo: 20 });
    expect([24, 25, 30].map((at) => heldAt(at, lock, accepted))).toEqual([2, undefined, 3]);
    expect(heldAt(40, lock, decide('month.reopened', 35))).toBeUndefined();
  });

  it('of two locks the first is in force until the month is reopened', () => {
    const other = decide('month.locked', 32, { cutOff: 31 });
    expect(MonthDecisions.of([lock, other]).lockAt(NOW)).toBe(lock);
    expect(MonthDecisions.of([lock, decide('month.reopened', 31), other]).lockAt(NOW)).toBe(other);
  });

  it('do not let a cut-off or what is accepted lie after its decision, whatever is written', () => {
    expect(MonthDecisions.of([{ ...lock, cutOff: 99 } as Decision]).readAsOf(unit, indicator, NOW)).toBe(15);
    const ahead = decide('correction.accepted', 25, { upTo: 99 });
    expect(MonthDecisions.of([lock, ahead]).readAsOf(unit, indicator, NOW)).toBe(25);
  });
});
