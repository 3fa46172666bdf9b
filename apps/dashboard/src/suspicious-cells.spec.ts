import { monthIndex, suspiciousCells, type MonthCells } from '#domain';
import { FoundSuspicious } from './suspicious-cells.js';

const march = monthIndex('2026-03') as number;

/** A unit's money by month, as the reader hands it out: the same object until something else is written. */
const unitWith = (spent: Readonly<Record<number, number>>) => {
  const months = new Map(Object.entries(spent).map(([month, value]) => [Number(month), { budget_spent: [value] }]));
  let asked = 0;
  const monthOf = (month: number): MonthCells | undefined => {
    asked += 1;
    return months.get(month);
  };
  const looks = () => {
    const before = asked;
    asked = 0;
    return before;
  };
  return { months, monthOf, looks };
};

describe('what was found in a month', () => {
  it('is found again without being looked for, as long as nothing that it was made of is another object', () => {
    const { monthOf, looks } = unitWith({ [march - 1]: 40, [march]: 35 });
    const found = new FoundSuspicious();
    const first = found.of(monthOf, march);
    expect(first).toMatchObject([{ reason: 'fell', compared: 40, month: march }]);
    const whole = looks();
    expect(found.of(monthOf, march)).toBe(first);
    // The month and the twelve before are looked at, none of their figures.
    expect([looks(), whole > 13]).toEqual([13, true]);
  });

  it.each([
    ['the month itself', march, 45, []],
    ['the month before', march - 1, 36, [{ reason: 'fell', compared: 36 }]],
  ])('is looked for again when %s was written', (_what, month, value, expected) => {
    const { months, monthOf } = unitWith({ [march - 1]: 40, [march]: 35 });
    const found = new FoundSuspicious();
    found.of(monthOf, march);
    months.set(month, { budget_spent: [value] });
    expect(found.of(monthOf, march)).toMatchObject(expected);
    expect(found.of(monthOf, march)).toEqual(suspiciousCells(monthOf, march));
    months.delete(month);
    expect(found.of(monthOf, march)).toEqual([]);
  });

  it('is looked for again when a month that it is compared with was written for the first time, or is gone', () => {
    const { months, monthOf } = unitWith({ [march]: 35 });
    const found = new FoundSuspicious();
    expect(found.of(monthOf, march)).toEqual([]);
    months.set(march - 1, { budget_spent: [40] });
    expect(found.of(monthOf, march)).toHaveLength(1);
    months.delete(march - 1);
    expect(found.of(monthOf, march)).toEqual([]);
  });
});
