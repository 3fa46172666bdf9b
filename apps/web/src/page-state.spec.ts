/** The address and back. */
import { readPageState, writePageState } from './page-state';

describe('the address', () => {
  it('holds window, unit and language', () => {
    const state = readPageState('?window=2026-Q1&unit=01&lang=en');
    expect(state).toEqual({ window: '2026-Q1', unit: '01', lang: 'en', view: undefined });
    expect(writePageState(state)).toBe('?window=2026-Q1&unit=01&lang=en');
  });

  it('falls back where it says nothing, or nonsense', () => {
    expect(readPageState('')).toEqual({ window: undefined, unit: 'VN', lang: undefined, view: undefined });
    expect(readPageState('?window=2026-13&unit=../x&lang=fr')).toEqual({
      window: undefined,
      unit: 'VN',
      lang: undefined,
      view: undefined,
    });
  });

  it('leads to the audit trail, and to nothing that there is not', () => {
    expect(writePageState(readPageState('?view=audit'))).toBe('?view=audit');
    expect(readPageState('?view=x').view).toBeUndefined();
  });
});
