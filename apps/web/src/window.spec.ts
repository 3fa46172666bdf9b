/** Holds the window maths to Nghị định 09/2019/NĐ-CP, article 12: its days, and the midnight at which a report month ends. */
import {
  windowsHolding,
  begunWindows,
  currentMonth,
  daysOf,
  holdsMonth,
  isOver,
  neighbour,
  parseWindow,
  type ReportWindow,
} from './window';

const windowOf = (code: string): ReportWindow => {
  const window = parseWindow(code);
  if (!window) throw new Error(`${code} is no window`);
  return window;
};

describe('windows', () => {
  it.each([
    ['2026-03', '2026-02-15', '2026-03-14'],
    ['2026-01', '2025-12-15', '2026-01-14'],
    ['2026-Q1', '2025-12-15', '2026-03-14'],
    ['2026-Q4', '2026-09-15', '2026-12-14'],
    ['2026-H2', '2026-06-15', '2026-12-14'],
    ['2026-9M', '2025-12-15', '2026-09-14'],
    ['2026', '2025-12-15', '2026-12-14'],
  ])('%s runs from %s to %s', (code, from, to) => {
    expect(daysOf(windowOf(code))).toEqual({ from, to });
  });

  it.each(['', '2024', '2031-01', '2026-13', '2026-00', '2026-Q5', '2026-H3', '2026-6M', '2026-3', 'VN'])(
    'knows no window "%s"',
    (code) => {
      expect(parseWindow(code)).toBeUndefined();
    },
  );

  it('begins a report month at midnight of the 15th in Vietnam, wherever the browser is', () => {
    expect(currentMonth(new Date('2026-03-14T16:59:59Z'))).toBe('2026-03');
    expect(currentMonth(new Date('2026-03-14T17:00:00Z'))).toBe('2026-04');
    expect(currentMonth(new Date('2025-12-14T17:00:00Z'))).toBe('2026-01');
  });

  it('offers only windows that have begun', () => {
    const now = new Date('2026-03-20T00:00:00Z');
    expect(begunWindows('month', 2026, now).map((w) => w.code)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
    expect(begunWindows('quarter', 2026, now).map((w) => w.code)).toEqual(['2026-Q1', '2026-Q2']);
    expect(begunWindows('year', 2027, now)).toEqual([]);
  });

  it('offers a window from its first instant on', () => {
    const [before, first] = [new Date('2026-03-14T16:59:59Z'), new Date('2026-03-14T17:00:00Z')];
    expect([before, first].map((now) => begunWindows('month', 2026, now).length)).toEqual([3, 4]);
    expect([before, first].map((now) => neighbour(windowOf('2026-03'), 1, now)?.code)).toEqual([undefined, '2026-04']);
  });

  it('ends with the last year of the programme', () =>
    expect(['2030', '2030-12', '2031'].map((code) => parseWindow(code)?.code)).toEqual(['2030', '2030-12', undefined]));

  it('steps to the neighbour of the same kind, over the year and not into the future', () => {
    const now = new Date('2026-03-20T00:00:00Z');
    expect(neighbour(windowOf('2026-01'), -1, now)?.code).toBe('2025-12');
    expect(neighbour(windowOf('2025-Q4'), 1, now)?.code).toBe('2026-Q1');
    expect(neighbour(windowOf('2026'), -1, now)?.code).toBe('2025');
    expect(neighbour(windowOf('2026-04'), 1, now)).toBeUndefined();
    expect(neighbour(windowOf('2025-01'), -1, now)).toBeUndefined();
  });

  it('hold the months of their own span and year, and no longer window', () => {
    expect(holdsMonth(windowOf('2026-Q2'), '2026-04')).toBe(true);
    expect(holdsMonth(windowOf('2026-Q2'), '2026-07')).toBe(false);
    expect(holdsMonth(windowOf('2026-9M'), '2025-09')).toBe(false);
    expect(holdsMonth(windowOf('2026'), '2026-Q1')).toBe(false);
  });

  it('of a month are its quarter, half year, nine months and year too', () => {
    expect(windowsHolding('2026-08').map(({ code }) => code)).toEqual([
      '2026-08',
      '2026-Q3',
      '2026-H2',
      '2026-9M',
      '2026',
    ]);
    expect(windowsHolding('2026-12').map(({ code }) => code)).toEqual(['2026-12', '2026-Q4', '2026-H2', '2026']);
  });

  it.each([
    ['2026-03', '2026-03-14T23:59:59+07:00', false],
    ['2026-03', '2026-03-15T00:00:00+07:00', true],
    ['2026', '2026-12-14T12:00:00+07:00', false],
  ])('%s is over at %s: %s', (code, now, over) => expect(isOver(windowOf(code), new Date(now))).toBe(over));
});
