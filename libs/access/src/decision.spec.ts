import { decide } from './decision.js';
import type { Principal } from './principal.js';
import { OWN_UNIT, type Rule } from './rules.js';

const hanoi: Principal = { id: 'x', name: 'x', kind: 'key', roles: ['analyst'], unit: '01' };
const national: Principal = { ...hanoi, unit: 'VN' };
const byQuery: Rule = { action: 'figures.read', unit: { query: 'unit', orElse: 'VN' } };
const asked = (unit?: unknown) => ({ params: {}, query: unit === undefined ? {} : { unit } });

describe('a decision', () => {
  it('lets nobody in where there is no rule', () => {
    expect(decide(undefined, national, asked())).toBe('out of scope');
    expect(decide(undefined, undefined, asked())).toBe('unknown caller');
  });

  it('lets everybody in where the route is open, and anyone who is known where it says so', () => {
    expect(decide({ open: true }, undefined, asked())).toBe('go on');
    expect(decide({ signedIn: true }, undefined, asked())).toBe('unknown caller');
    expect(decide({ signedIn: true }, hanoi, asked())).toBe('go on');
  });

  it.each([
    ['01', 'go on'],
    ['00004', 'go on'],
    ['15', 'out of scope'],
    ['02683', 'out of scope'],
    ['VN', 'out of scope'],
    ['99999', 'out of scope'],
    ['', 'out of scope'],
    [undefined, 'out of scope'],
    [['01', '15'], 'out of scope'],
    [['01', '00004'], 'go on'],
  ])('of unit %j says to Hà Nội: %s', (unit, said) => expect(decide(byQuery, hanoi, asked(unit))).toBe(said));

  it('leaves to the route what is no unit at all, for one who sees everything', () => {
    expect(decide(byQuery, national, asked('99999'))).toBe('go on');
  });

  it('takes the own unit where none is named and the rule says so', () => {
    const own: Rule = { action: 'figures.read', unit: { query: 'unit', orElse: OWN_UNIT } };
    expect(decide(own, hanoi, asked())).toBe('go on');
  });

  it('reads the path where the unit stands there', () => {
    const rule: Rule = { action: 'figures.read', unit: { param: 'code' } };
    expect(decide(rule, hanoi, { params: { code: '15' }, query: { unit: '01' } })).toBe('out of scope');
  });

  it('lets no parameter without a name stand for the unit of a route that is about the country', () => {
    const rule: Rule = { action: 'figures.read', unit: { orElse: 'VN' } };
    expect(decide(rule, hanoi, { params: {}, query: { '': '01' } })).toBe('out of scope');
  });

  it('asks the role first', () => {
    expect(decide({ action: 'metrics.read' }, national, asked())).toBe('out of scope');
  });
});
