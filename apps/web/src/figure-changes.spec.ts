/** The line of a figure's history. */
import type { Figure, FigureChange } from './api';
import { height, placeOf, timelineOf, width } from './figure-changes';

const aChange = (at: string, total: Figure, difference: Figure): FigureChange => ({
  at,
  unit: '00004',
  period: '2026-03',
  cause: 'event',
  event: { id: 'e', revision: 1, time: at },
  before: null,
  after: total,
  difference,
  total,
});

describe('the line of a history', () => {
  const newestFirst = [
    aChange('2026-04-03T00:00:00.000Z', { value: 4 }, { value: -6 }),
    aChange('2026-04-02T00:00:00.000Z', { value: 10 }, { value: 10 }),
    aChange('2026-04-01T00:00:00.000Z', { value: 0 }, { value: 0 }),
  ];

  it('steps at each change, oldest first, between the least and the most that the figure was', () => {
    const { marks, path, least, most, isPercent } = timelineOf(newestFirst)!;
    expect([least, most, isPercent]).toEqual([0, 10, false]);
    expect(marks.map(({ x }) => x)).toEqual([8, width / 2, width - 8]);
    expect(marks.map(({ change }) => change.total.value)).toEqual([0, 10, 4]);
    const [lowest, highest, last] = marks.map(({ y }) => y);
    expect([lowest, highest]).toEqual([height - 8, 8]);
    expect(path).toBe(`M0 ${lowest}H8V${lowest}H300V${highest}H592V${last}H600`);
  });

  it('begins at what the figure was before the oldest change that is known', () => {
    const { path, least } = timelineOf(newestFirst.slice(0, 1))!;
    expect(least).toBe(4);
    expect(path).toBe(`M0 8H300V${height - 8}H600`);
  });

  it('is the percentage of a ratio, and nothing where there is nothing to divide by', () => {
    const none = { numerator: 0, denominator: 0 };
    const half = { numerator: 2, denominator: 4 };
    const { isPercent, least, most } = timelineOf([
      aChange('2026-04-02T00:00:00.000Z', half, half),
      aChange('2026-04-01T00:00:00.000Z', none, none),
    ])!;
    expect([isPercent, least, most]).toEqual([true, 0, 50]);
  });

  it('begins at the percentage before the oldest change', () => {
    const change = aChange(
      '2026-04-01T00:00:00.000Z',
      { numerator: 3, denominator: 4 },
      { numerator: 2, denominator: 2 },
    );
    const { least, most } = timelineOf([change])!;
    expect([least, most]).toEqual([50, 75]);
  });

  it('is none without changes; an instant that it does not reach has no place on it', () => {
    expect(timelineOf([])).toBeUndefined();
    const line = timelineOf(newestFirst)!;
    expect(placeOf(line, '2026-04-02T00:00:00.000Z')).toBe(width / 2);
    expect(placeOf(line, '2026-04-01T00:00:00.000Z')).toBe(8);
    expect(placeOf(line, '2026-04-03T00:00:00.000Z')).toBe(width - 8);
    expect(placeOf(line, '2026-03-31T23:59:59.999Z')).toBeUndefined();
    expect(placeOf(line, '2026-04-03T00:00:00.001Z')).toBeUndefined();
  });
});
