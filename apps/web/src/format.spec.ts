/** Vietnamese and English ways to write the same numbers, days and windows. */
import type { Rollup } from './api';
import {
  formatDifference,
  formatDay,
  formatFigure,
  formatGoal,
  formatNumber,
  formatPercent,
  formatTime,
  scopedPercent,
  windowName,
} from './format';
import { parseWindow, type ReportWindow } from './window';

const windowOf = (code: string): ReportWindow => parseWindow(code) as ReportWindow;

describe('formats', () => {
  it('writes numbers the Vietnamese way, and the English', () => {
    expect(formatNumber(1234567, 'vi')).toBe('1.234.567');
    expect(formatNumber(1234567, 'en')).toBe('1,234,567');
    expect(formatPercent(54.21, 'vi')).toBe('54,21%');
    expect(formatPercent(100, 'en')).toBe('100%');
  });

  it('writes days and times in Vietnam', () => {
    expect(formatDay('2026-03-14', 'vi')).toBe('14/03/2026');
    expect(formatDay('2026-03-14', 'en')).toBe('14 Mar 2026');
    const now = Date.parse('2026-03-14T18:00:00Z');
    expect(formatTime('2026-03-14T17:30:05Z', 'vi', now)).toBe('00:30:05');
    expect(formatTime('2026-03-14T16:30:05Z', 'vi', now)).toBe('23:30:05, 14/03/2026');
    expect(formatTime('never', 'vi', now)).toBe('');
  });

  it.each([
    ['2026-03', 'Tháng 3/2026', 'March 2026'],
    ['2026-Q3', 'Quý III/2026', 'Q3 2026'],
    ['2026-H1', '6 tháng đầu năm 2026', 'First half of 2026'],
    ['2026-9M', '9 tháng năm 2026', 'Nine months of 2026'],
    ['2026', 'Năm 2026', 'Year 2026'],
  ])('calls %s %s, or %s', (code, vi, en) => {
    expect(windowName(windowOf(code), 'vi')).toBe(vi);
    expect(windowName(windowOf(code), 'en')).toBe(en);
  });

  it('writes figures and goals', () => {
    expect(formatFigure({ numerator: 1200, denominator: 3000 }, 'vi')).toBe('1.200 / 3.000');
    expect(formatFigure({ value: 0 }, 'vi')).toBe('0');
    expect(formatFigure({}, 'vi')).toBe('');
    expect(formatDifference({ numerator: 1200, denominator: -3 }, 'vi')).toBe('+1.200 / −3');
    expect(formatDifference({ value: 0 }, 'vi')).toBe('0');
    expect(formatGoal({ op: '>=', percent: 50 }, 'vi')).toBe('≥ 50%');
  });

  it('takes the percentage of a scope from its sums', () => {
    const rollup = {
      breakdown: {
        public_rehab: { numerator: 1, denominator: 2 },
        health_station: { numerator: 9, denominator: 18 },
        hospital: { numerator: 5, denominator: 5 },
      },
      target: { op: '>=', percent: 65, scope: ['public_rehab', 'health_station'] },
    } as unknown as Rollup;
    expect(scopedPercent(rollup)).toBe(50);
    expect(scopedPercent({ ...rollup, target: null })).toBeUndefined();
  });
});
