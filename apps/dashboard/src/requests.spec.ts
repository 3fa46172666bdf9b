import { windowsSchema } from './parameters.js';
import { limitFrom, oneOf, parametersOf, unitFrom, windowsFrom, yearFrom } from './requests.js';

const code = (ask: () => unknown): unknown => {
  try {
    return ask();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe('what callers may ask for', () => {
  it('is each parameter once, and none that is not known', () => {
    expect(parametersOf({ unit: 'VN' }, 'unit', 'window')).toEqual({ unit: 'VN' });
    expect(code(() => parametersOf({ windw: '2026' }, 'unit', 'window'))).toBe('INVALID_PARAMETER');
    expect(code(() => parametersOf({ unit: ['01', '15'] }, 'unit'))).toBe('INVALID_PARAMETER');
  });

  it.each(['abc', '0', '-1', '1.5', '1e2', '', ' 1', '1001'])('is no limit of %j', (text) =>
    expect(code(() => limitFrom(text, 100, 1_000))).toBe('INVALID_PARAMETER'),
  );
  it('is a limit within its bounds, or the usual one', () =>
    expect([limitFrom('1', 100, 1_000), limitFrom('1000', 100, 1_000), limitFrom(undefined, 100, 1_000)]).toEqual([
      1, 1_000, 100,
    ]));

  it('is one of the words that there are', () => {
    expect(oneOf('level', 'commune', ['province', 'commune'])).toBe('commune');
    expect(code(() => oneOf('level', 'nonsense', ['province', 'commune']))).toBe('INVALID_PARAMETER');
  });

  it('is a year from 2025 to 2030', () => expect([yearFrom('2025'), yearFrom('2030')]).toEqual(['2025', '2030']));
  it.each([undefined, '', '2024', '2031', '26', '2026-01', ' 2026', '2.0e3'])('is no year of %j', (text) =>
    expect(code(() => yearFrom(text))).toBe('INVALID_PARAMETER'),
  );

  it.each(['2026', '2026-03,2026-Q1,2026-9M', '2026-03,2026-03', Array(24).fill('2026-H1').join(',')])(
    'is the windows %j, and the description says so',
    (text) => {
      expect(windowsFrom(text)).toEqual(new Set(text.split(',')));
      expect(text).toMatch(new RegExp(windowsSchema.pattern));
    },
  );
  it.each(['', '2026-03,', ',2026-03', '2026-03, 2026-04', '2026-Q5', '2031', Array(25).fill('2026').join(',')])(
    'is no windows of %j, and the description says so',
    (text) => {
      expect(code(() => windowsFrom(text))).toBe('INVALID_WINDOW');
      expect(text).not.toMatch(new RegExp(windowsSchema.pattern));
    },
  );

  it('is a unit that there is', () => expect(code(() => unitFrom('zzz'))).toBe('UNKNOWN_UNIT'));
});
