import type { Rollup } from './rollup.js';
import { addUpTo, sumRollups } from './rollup-sums.js';
import { rollupsFrom } from './rollup-text.js';
import { unitOf, type Unit } from '../reference/unit.js';

const [country, hanoi, caobang] = ['VN', '01', '04'].map((code) => unitOf(code) as Unit);
const parts = [
  rollupsFrom(hanoi, '[["c",2,1,[1,4]],["b",1,1,[3,5],{"family":[1,2]}]]'),
  rollupsFrom(caobang, '[["b",1,0,[2,7],{"addict":[1,3],"family":[1,4]}]]'),
];
const whole = rollupsFrom(country, '[["b",2,1,[5,12],{"addict":[1,3],"family":[2,6]}],["c",2,1,[1,4]]]');

describe('rollups of units that have nothing in common', () => {
  it('are added up by indicator and category, in the order of the catalogue', () => {
    expect(sumRollups(country, parts)).toEqual(whole);
    expect(JSON.stringify(sumRollups(country, parts))).toBe(JSON.stringify(whole));
  });

  it('add up to the whole', () => expect(addUpTo(whole, parts)).toBe(true));
  it('add up to nothing where there are none', () => expect(addUpTo([], [])).toBe(true));

  it.each<[string, readonly Rollup[], readonly (readonly Rollup[])[]]>([
    ['a part is missing', whole, parts.slice(1)],
    ['the whole has no such indicator', whole.slice(1), parts],
    ['nothing of the whole is in the parts', whole, []],
    ['a unit more reports', whole.map((item) => ({ ...item, reporting: { ...item.reporting, reported: 3 } })), parts],
  ])('do not where %s', (_, said, from) => expect(addUpTo(said, from)).toBe(false));
});
