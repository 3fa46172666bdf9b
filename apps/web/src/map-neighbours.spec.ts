/** The arrow keys on the boundaries that the page serves. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shapes } from './islets';
import { areaTo, centresOf } from './map-neighbours';

const shapesOf = (name: string): Shapes =>
  JSON.parse(readFileSync(join(__dirname, `../public/${name}.geo.json`), 'utf8')) as Shapes;
const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'];

describe('arrow keys on a map', () => {
  const provinces = centresOf(shapesOf('provinces'));

  it.each([
    // Of Hà Nội: Thái Nguyên, Ninh Bình, Phú Thọ, Hải Phòng.
    ['01', 'ArrowUp', '19'],
    ['01', 'ArrowDown', '37'],
    ['01', 'ArrowLeft', '25'],
    ['01', 'ArrowRight', '31'],
  ])('lead from %s by %s to %s beside it', (from, key, to) => {
    expect(areaTo(provinces, from, key)).toBe(to);
  });

  it('end at the edge of the country, and other keys lead nowhere', () => {
    const [southernmost] = [...provinces].reduce((held, next) => (next[1][1] < held[1][1] ? next : held));
    expect(areaTo(provinces, southernmost, 'ArrowDown')).toBeUndefined();
    expect(areaTo(provinces, '01', 'a')).toBeUndefined();
    expect(areaTo(provinces, 'xx', 'ArrowUp')).toBeUndefined();
  });

  it('leave Đà Nẵng and Khánh Hòa on the mainland, whatever islands are theirs', () => {
    expect(provinces.get('48')?.[0]).toBeLessThan(109);
    expect(provinces.get('56')?.[0]).toBeLessThan(110);
  });

  it.each(['provinces', 'hanoi-communes', 'laocai-communes'])('reach every area from any other: %s', (name) => {
    const centres = centresOf(shapesOf(name));
    for (const start of centres.keys()) {
      const reached = new Set([start]);
      for (const from of reached)
        for (const key of keys) {
          const to = areaTo(centres, from, key);
          if (to !== undefined) reached.add(to);
        }
      expect(reached.size).toBe(centres.size);
    }
  });
});
