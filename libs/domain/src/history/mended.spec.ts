import { aReport } from '../../../../test/kit/builders.js';
import { MonthDecisions } from '../decision/month-decisions.js';
import { indicatorIndex } from '../reference/catalogue.js';
import { mendedAt } from './mended.js';

const { unit, month, indicator } = aReport();
const words = [10, 30, 40].map((receivedAt, n) => aReport({ receivedAt, revision: n + 1 }));
const months = [{ unit, month, words, decisions: MonthDecisions.none }];
const place = { unit, month, indicator, at: 20 };

describe('a refused event', () => {
  it('is mended by the first word of its cell that came afterwards', () => expect(mendedAt(place, months)).toBe(30));

  it('is not by what came before, by another figure, month or unit', () => {
    const others = [{ at: 40 }, { indicator: indicatorIndex('d') as number }, { month: month + 1 }, { unit: unit + 1 }];
    expect(others.map((other) => mendedAt({ ...place, ...other }, months))).toEqual(others.map(() => undefined));
  });
});
