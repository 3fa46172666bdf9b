/** What a share can still become. */
import { stillPossible } from './still-possible';

const row = (unit: string, figure: [number, number] | undefined, current: number) => ({
  unit,
  reporting: { expected: 1, reported: figure ? 1 : 0, current },
  ...(figure && { numerator: figure[0], denominator: figure[1] }),
});
const settled = (unit: string, numerator: number, denominator: number) => row(unit, [numerator, denominator], 1);
const silent = (unit: string) => row(unit, undefined, 0);
const atLeast = (percent: number) => ({ op: '>=', percent }) as const;

describe('what a share can still become', () => {
  it('is what it is where every unit has reported the last month', () => {
    const { worst, best, open } = stillPossible([settled('1', 30, 60), settled('2', 10, 40)], [], null);
    expect([worst, best, open]).toEqual([40, 40, 0]);
  });

  it('has none to all of the last denominator of a unit that has not reported, the newest that is known', () => {
    const rows = [settled('1', 30, 60), silent('2')];
    const possible = stillPossible(rows, [[settled('2', 5, 40)], [settled('2', 5, 400)]], null);
    expect(possible).toMatchObject({ worst: 30, best: 70, open: 1, openDenominator: 40, unknown: 0 });
    expect(stillPossible(rows, [[], [settled('2', 5, 400)]], null).openDenominator).toBe(400);
  });

  it('takes a figure that is carried on from an earlier month for a denominator alone', () => {
    const possible = stillPossible([settled('1', 30, 60), row('2', [40, 40], 0)], [[settled('2', 0, 999)]], null);
    expect(possible).toMatchObject({ worst: 30, best: 70, open: 1, openDenominator: 40 });
  });

  it('leaves out and counts whoever never reported, and then says nothing of the target', () => {
    const possible = stillPossible([settled('1', 30, 60), silent('2')], [[]], atLeast(10));
    expect(possible).toMatchObject({ worst: 50, best: 50, open: 1, unknown: 1, verdict: undefined });
  });

  it('does not wait for a unit that is not expected to report', () =>
    expect(
      stillPossible([{ ...silent('1'), reporting: { expected: 0, reported: 0, current: 0 } }], [], null).open,
    ).toBe(0));

  it.each([
    [30, 'sure'],
    [30.01, undefined],
    [70, undefined],
    [70.01, 'lost'],
  ])('a target of %d%% is %s', (percent, verdict) => {
    const rows = [settled('1', 30, 60), silent('2')];
    expect(stillPossible(rows, [[settled('2', 5, 40)]], atLeast(percent)).verdict).toBe(verdict);
  });

  it('looks at the categories of the target', () => {
    const part = { numerator: 1, denominator: 2 };
    const one = { ...settled('1', 5, 9), breakdown: { public_rehab: part } };
    expect(stillPossible([one], [], { ...atLeast(50), scope: ['public_rehab'] })).toMatchObject({
      worst: 50,
      verdict: 'sure',
    });
  });

  it('has no bounds where there is nothing to divide by', () =>
    expect(stillPossible([silent('1')], [], atLeast(1))).toMatchObject({
      worst: undefined,
      best: undefined,
      verdict: undefined,
    }));
});
