/** The address and back. */
import { readPageState, writePageState } from './page-state';

describe('the address', () => {
  it('holds window, unit and language', () => {
    const state = readPageState('?window=2026-Q1&unit=01&lang=en');
    expect(state).toEqual({ window: '2026-Q1', unit: '01', lang: 'en', asOf: undefined, view: undefined });
    expect(writePageState(state)).toBe('?window=2026-Q1&unit=01&lang=en');
  });

  it('falls back where it says nothing, or nonsense', () => {
    expect(readPageState('')).toEqual({
      window: undefined,
      unit: 'VN',
      lang: undefined,
      asOf: undefined,
      view: undefined,
    });
    expect(readPageState('?window=2026-13&unit=../x&lang=fr')).toEqual({
      window: undefined,
      unit: 'VN',
      lang: undefined,
      asOf: undefined,
      view: undefined,
    });
  });

  it('holds the instant as of which it is looked at, however its offset is written; none that is not one', () => {
    const { asOf } = readPageState('?asOf=2026-04-20T09:30:00%2B07:00');
    expect(asOf).toBe('2026-04-20T02:30:00.000Z');
    expect(readPageState(writePageState({ ...readPageState(''), asOf })).asOf).toBe(asOf);
    for (const wrong of ['2026-04-20', '2026-04-20T09:30', '2026-13-20T09:30:00Z', 'now'])
      expect(readPageState(`?asOf=${wrong}`).asOf).toBeUndefined();
  });

  it('leads to the audit trail, and to nothing that there is not', () => {
    expect(writePageState(readPageState('?view=audit'))).toBe('?view=audit');
    expect(readPageState('?view=x').view).toBeUndefined();
  });
});
