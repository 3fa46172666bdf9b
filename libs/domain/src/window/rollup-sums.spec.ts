import { sumRollups } from './rollup-sums.js';
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
});
