import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryDecision } from '../../../../test/kit/decisions.js';
import { skylineOf } from '../cell/skyline.js';
import { MonthDecisions } from '../decision/month-decisions.js';
import { indicatorIndex } from '../reference/catalogue.js';
import { unitOf, type Unit } from '../reference/unit.js';
import { windowIndex } from '../window/period.js';
import { ProvinceAsOf } from './as-of.js';
import { FiguresAsOf } from './figures-as-of.js';

const HA_NOI = unitOf('01') as Unit;
const windows = ['2026-02', '2026-03', '2026-Q1', '2026'].map((code) => windowIndex(code) as number);
const months = ['2026-01', '2026-02', '2026-03'];
const decided = aReport({ month: '2026-02' });
const LAST_INSTANT = 12;

const cells = fc.uniqueArray(
  fc.record({
    unit: fc.constantFrom('00004', '00008'),
    month: fc.constantFrom(...months),
    indicator: fc.constantFrom('relapses', 'c'),
    words: fc.array(
      fc.record({
        revision: fc.integer({ min: 1, max: 4 }),
        receivedAt: fc.integer({ min: 1, max: LAST_INSTANT }),
        number: fc.option(fc.integer({ min: 0, max: 9 })),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  }),
  { maxLength: 10, selector: ({ unit, month, indicator }) => `${unit}|${month}|${indicator}` },
);
const decisions = fc.uniqueArray(
  arbitraryDecision({ unit: decided.unit, month: decided.month, indicator: indicatorIndex('c') as number }),
  { maxLength: 4, selector: ({ order }) => order },
);

test('a window says what the whole state as of every instant says of it', () => {
  fc.assert(
    fc.property(cells, decisions, (some, taken) => {
      const months = some.map(({ words, ...cell }) =>
        skylineOf(
          words.map(({ number, ...word }) => {
            const figure = number === null ? null : cell.indicator === 'c' ? [number, 10] : [number];
            return aReport({ ...cell, ...word, figure });
          }),
        ),
      );
      for (let at = 0; at <= LAST_INSTANT; at += 1) {
        const [whole, figures] = [new ProvinceAsOf(at), new FiguresAsOf(at)];
        for (const words of months) {
          const ofMonth = words[0].month === decided.month ? MonthDecisions.of(taken) : MonthDecisions.none;
          whole.take(words, ofMonth);
          figures.take(words, ofMonth);
        }
        const expected = whole.end().allWindows((each) => each);
        for (const window of windows)
          expect(figures.itemsOf(HA_NOI, window)).toBe(
            expected.find((each) => windowIndex(each.window) === window)?.items,
          );
      }
    }),
    { numRuns: 150 },
  );
});
