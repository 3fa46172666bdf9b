import { reportingUnits } from '#domain';
import { allowedOf } from './allowance.js';

describe('what a caller may', () => {
  const allowed = allowedOf({ least: 500, each: 10 });

  it('grows with what is under its unit, and is not less than the least', () => {
    expect(allowed('00004').caller).toBe(500);
    expect(allowed('01').caller).toBeGreaterThan(500);
    expect(allowed('VN').caller).toBe(10 * reportingUnits.length);
  });

  it('is twice as much for all callers of a unit', () =>
    expect(allowed('00004')).toEqual({ caller: 500, unit: 1_000 }));
});
