import fc from 'fast-check';
import { aReport } from '../../../../test/kit/builders.js';
import { arbitraryDecision } from '../../../../test/kit/decisions.js';
import type { Report } from '../cell/cell.js';
import type { Decision } from '../decision/decision.js';
import { MonthDecisions } from '../decision/month-decisions.js';
import { indicatorIndex } from '../reference/catalogue.js';
import { Recomputation } from '../recomputation/recomputation.js';
import { figureHistory, type MonthWords } from './figure-history.js';

const summed = 'relapses';
const latest = 'c';
const months = ['2026-01', '2026-02', '2026-03'];
const { unit, month } = aReport({ month: '2026-02' });

const reportsOf = (indicator: string) =>
  fc.array(
    fc
      .record({
        unit: fc.constantFrom('00004', '00008'),
        month: fc.constantFrom(...months),
        revision: fc.integer({ min: 1, max: 4 }),
        receivedAt: fc.integer({ min: 1, max: 12 }),
        number: fc.integer({ min: 0, max: 9 }),
        isTakenBack: fc.constantFrom(false, false, false, true),
      })
      .map(({ number, isTakenBack, ...fields }) => {
        const figure = indicator === summed ? [number] : [number, 10];
        return aReport({ indicator, ...fields, figure: isTakenBack ? null : figure });
      }),
    { maxLength: 12 },
  );
const decisions = (indicator: string) =>
  fc.uniqueArray(arbitraryDecision({ unit, month, indicator: indicatorIndex(indicator) as number }), {
    maxLength: 4,
    selector: ({ order }) => order,
  });

/** As a reader finds them: the words of each unit's month, with what was decided of it. */
const monthsOf = (reports: readonly Report[], decided: readonly Decision[]): MonthWords[] => {
  const byMonth = new Map<string, MonthWords>();
  for (const report of reports) {
    const key = `${report.unit}|${report.month}`;
    const held = byMonth.get(key) ?? {
      unit: report.unit,
      month: report.month,
      words: [],
      decisions: report.month === month ? MonthDecisions.of(decided) : MonthDecisions.none,
    };
    byMonth.set(key, { ...held, words: [...held.words, report] });
  }
  return [...byMonth.values()];
};

describe.each([summed, latest])('the history of a figure of %s', (indicator) => {
  const index = indicatorIndex(indicator) as number;

  it('adds up from nothing to what a recomputation says as of every instant', () => {
    fc.assert(
      fc.property(reportsOf(indicator), decisions(indicator), (reports, decided) => {
        const history = figureHistory(monthsOf(reports, decided), index);
        for (let at = 0; at <= 13; at += 1) {
          const reference = new Recomputation(at);
          for (const report of reports) reference.take(report);
          for (const decision of decided) reference.decide(decision);
          const rollup = reference.rollups(({ code }) => code === '01').get(`01|2026-Q1|${indicator}`);
          const total = history.findLast((change) => change.at <= at)?.total;
          for (const name of ['numerator', 'denominator', 'value'] as const)
            expect(Number(total?.[name] ?? 0)).toBe(Number(rollup?.[name] ?? 0));
        }
        let sum = 0;
        for (const { difference, total } of history) {
          sum += Number(difference.value ?? difference.numerator);
          expect(sum).toBe(Number(total.value ?? total.numerator));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says before each change what was said after the one before, and whether a decision made it', () => {
    fc.assert(
      fc.property(reportsOf(indicator), decisions(indicator), (reports, decided) => {
        const after = new Map<string, unknown>();
        for (const change of figureHistory(monthsOf(reports, decided), index)) {
          const cell = `${change.unit}|${change.month}`;
          expect(change.before).toEqual(after.get(cell) ?? null);
          after.set(cell, change.after);
          const isReceived = reports.some((report) => report.receivedAt === change.at);
          if (!change.isDecided) expect(isReceived).toBe(true);
          else expect(decided.map(({ receivedAt }) => receivedAt)).toContain(change.at);
        }
      }),
      { numRuns: 300 },
    );
  });
});
