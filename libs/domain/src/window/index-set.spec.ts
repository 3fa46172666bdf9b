import fc from 'fast-check';
import { IndexSet } from './index-set.js';

describe('a set of indexes', () => {
  it('holds what was added since it was cleared, of forty indicators as of four', () => {
    const step = fc.oneof(fc.nat({ max: 39 }), fc.constant('clear' as const));
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const set = new IndexSet(40);
        const expected = new Set<number>();
        for (const each of steps) {
          if (each === 'clear') {
            set.clear();
            expected.clear();
          } else {
            set.add(each);
            expected.add(each);
          }
          expect(set.isEmpty).toBe(expected.size === 0);
          for (let index = 0; index < 40; index += 1) expect(set.has(index)).toBe(expected.has(index));
        }
      }),
    );
  });
});
