import { monthEnd, monthIndex, monthStart, ictDay } from '#domain';
import * as vi from './vi.js';

describe('words and numbers of Vietnamese documents', () => {
  it('separates thousands by dots and decimals by a comma', () => {
    expect(vi.number(1_234_567)).toBe('1.234.567');
    expect(vi.number(9_007_199_254_740_993n)).toBe('9.007.199.254.740.993');
    expect(vi.number(null)).toBe('–');
    expect(vi.percent(47.3)).toBe('47,30%');
  });

  it('signs a change: points for a ratio, a whole number for the others', () => {
    expect(vi.change(1.25, 'ratio')).toBe('+1,25');
    expect(vi.change(-1200, 'count')).toBe('−1.200');
    expect(vi.change(0, 'amount')).toBe('0');
    expect(vi.change(null, 'ratio')).toBe('–');
  });

  it('names every kind of window, with its days', () => {
    expect(vi.windowInWords('2026-03')).toBe('Tháng 3 năm 2026');
    expect(vi.windowInWords('2026-Q4')).toBe('Quý IV năm 2026');
    expect(vi.windowInWords('2026-H1')).toBe('6 tháng đầu năm 2026');
    expect(vi.windowInWords('2026-H2')).toBe('6 tháng cuối năm 2026');
    expect(vi.windowInWords('2026-9M')).toBe('9 tháng đầu năm 2026');
    expect(vi.windowInWords('2026')).toBe('Năm 2026');
    const [from, to] = [monthStart(monthIndex('2026-01') as number), monthEnd(monthIndex('2026-03') as number) - 1];
    const period = { from: ictDay(from), to: ictDay(to) };
    expect(vi.windowWithDates({ window: '2026-Q1', period })).toBe(
      'Quý I năm 2026 (từ ngày 15/12/2025 đến ngày 14/3/2026)',
    );
  });

  it('writes days and times of Vietnam', () => {
    expect(vi.dateInWords('2026-02-05')).toBe('ngày 05 tháng 02 năm 2026');
    expect(vi.dateInWords('2026-03-22')).toBe('ngày 22 tháng 3 năm 2026');
    expect(vi.cutOff('2026-03-22T07:00:00.000+07:00')).toBe('07 giờ 00 phút ngày 22/3/2026');
  });

  it('has a Vietnamese measure for every indicator and wording for every note of a plan', () => {
    expect(vi.measure('loan_amount')).toBe('đồng');
    expect(vi.planNote('80 (2026) then 70 (2027): as written')).toMatch(/^Kế hoạch ghi 80%/);
    expect(vi.planNote('another')).toBe('another');
  });
});
