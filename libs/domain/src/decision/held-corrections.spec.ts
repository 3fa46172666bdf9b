/** Figures of a month as text, what is held of it, and what that would change: by hand, and against histories by property. */
import fc from 'fast-check';
import { aReport, type ReportFields } from '../../../../test/kit/builders.js';
import { figureHistory, type MonthWords } from '../history/figure-history.js';
import { indicatorIndex } from '../reference/catalogue.js';
import { windowIndex } from '../window/period.js';
import { effectAbove, effectOnUnit, windowsAround } from './correction-effect.js';
import type { Decision } from './decision.js';
import { correctionId, correctionPlace, decidedCorrections, heldCorrections } from './held-corrections.js';
import { MonthDecisions } from './month-decisions.js';
import { cellFigureOf, figuresText } from './month-figures.js';

const { unit, month } = aReport();
const by = { id: 'a', name: 'A' };
const decided = (order: number, more: object): Decision =>
  ({ order, receivedAt: order, province: '01', month, by, figures: '', ...more }) as Decision;
const lock = decided(15, { type: 'month.locked', cutOff: 12 });
const monthOf = (fields: readonly ReportFields[], ...all: readonly Decision[]): MonthWords => {
  const words = fields.map((each) => aReport(each));
  return { unit, month: words[0].month, words, decisions: MonthDecisions.of(all) };
};
const first = { receivedAt: 10, figure: [12, 30] };
const second = { receivedAt: 20, revision: 2, figure: [15, 30], id: 'event-2' };

describe('the figures of a month as text', () => {
  it('have a line a live cell, with its categories', () => {
    const b = indicatorIndex('b') as number;
    const words = [aReport(first), aReport({ indicator: 'b', receivedAt: 11, figure: [3, 9, 3, 9, null, null] })];
    const text = figuresText('01', '2026-03', [{ unit, words }], MonthDecisions.none);
    const [category] = Object.keys(cellFigureOf({ indicator: b, figure: words[1].figure })?.breakdown ?? {});
    expect(text.split('\n')).toEqual([
      '01 2026-03',
      `00004 b numerator=3 denominator=9 ${category}.numerator=3 ${category}.denominator=9`,
      '00004 c numerator=12 denominator=30',
    ]);
  });

  it('are those of what the cells say, neither of revisions nor of what is taken back', () => {
    const text = (words: readonly ReportFields[], ...all: Decision[]) =>
      figuresText('01', '2026-03', [monthOf(words, ...all)], MonthDecisions.of(all));
    expect(text([first, second], lock)).toBe(text([first]));
    expect(text([first, { ...second, figure: [12, 30] }])).toBe(text([first]));
    expect(text([first, { ...second, figure: null }])).toBe('01 2026-03');
  });
});

describe('held corrections', () => {
  it('are what came after the cut-off and is not decided, by an id that says where', () => {
    const [held] = heldCorrections([monthOf([first, second], lock)]);
    expect([held.before?.revision, held.word.revision, correctionId(held)]).toEqual([1, 2, '00004.c.2026-03.20']);
    expect(correctionPlace(correctionId(held))).toEqual({ unit, indicator: held.indicator, month, upTo: 20 });
    expect(heldCorrections([monthOf([first, second])])).toEqual([]);
  });

  it.each([
    '',
    'x',
    '00004.c.2026-03',
    '00004.c.2026-03.1e3',
    '00004.c.2026-13.20',
    'VN.c.2026-03.20',
    '00004.c.2026-03.20.1',
  ])('are not named by %j', (id) => expect(correctionPlace(id)).toBeUndefined());

  it('are told of once they are decided, each by the decision that was in time', () => {
    const cell = { unit, indicator: aReport().indicator, upTo: 20 };
    const refused = decided(25, { type: 'correction.refused', ...cell, reason: 'why' });
    const late = decided(26, { type: 'correction.accepted', ...cell });
    const months = [monthOf([first, second], lock, refused, late)];
    expect(heldCorrections(months)).toEqual([]);
    const told = decidedCorrections(months).map(({ decision, word }) => [decision.type, decision.reason, word?.id]);
    expect(told).toEqual([['correction.refused', 'why', 'event-2']]);
  });

  it('move each window by what its history says once they are accepted', () => {
    const months = ['2026-01', '2026-02', '2026-03', '2026-04'];
    const value = fc.option(fc.integer({ min: 0, max: 50 }), { nil: null });
    const cells = fc.record({
      indicator: fc.constantFrom('relapses', 'pop_addicts'),
      values: fc.array(value, { minLength: 4, maxLength: 4 }),
      held: value,
      at: fc.integer({ min: 0, max: 3 }),
    });
    fc.assert(
      fc.property(cells, ({ indicator, values, held, at }) => {
        const figure = (number: number | null) => (number === null ? null : [number]);
        const year = values.map((number, n): MonthWords => {
          const words = [aReport({ indicator, month: months[n], receivedAt: 10, figure: figure(number) })];
          if (n === at)
            words.push(aReport({ indicator, month: months[n], receivedAt: 20, revision: 2, figure: figure(held) }));
          return { unit, month: words[0].month, words, decisions: MonthDecisions.of(n === at ? [lock] : []) };
        });
        const [correction] = heldCorrections(year);
        const index = indicatorIndex(indicator) as number;
        const effects = effectOnUnit(correction, year);
        expect(effects.map(({ window }) => windowIndex(window))).toEqual(windowsAround(correction.month));
        for (const { window, before, after, difference } of effects) {
          const isIn = ({ month: each }: MonthWords) => windowsAround(each).includes(windowIndex(window) as number);
          const cell = { unit, indicator: index, upTo: 20 };
          const accepted = decided(30, { type: 'correction.accepted', ...cell, month: correction.month });
          const then = year.filter(isIn).map((each) => ({
            ...each,
            decisions: each.month === correction.month ? each.decisions.with(accepted) : each.decisions,
          }));
          const history = figureHistory(then, index).filter((change) => change.at === 30);
          expect(difference).toEqual(history[0]?.difference ?? { value: 0 });
          expect((after?.value ?? 0) as number).toBe(
            ((before?.value ?? 0) as number) + ((difference.value ?? 0) as number),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  it('move the levels above by the same, down to nothing where nobody else reported', () => {
    const own = { window: '2026-03', before: { value: 5, percent: null }, after: null, difference: { value: -5 } };
    const above = (value: number, reported: number) =>
      effectAbove(own, { value, reporting: { reported } }, indicatorIndex('relapses') as number).after;
    expect([above(12, 3), above(5, 1)]).toEqual([{ value: 7, percent: null }, null]);
  });
});
