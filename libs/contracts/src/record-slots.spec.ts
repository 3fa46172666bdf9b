import { namesOf, tupleReader, type Slot } from './record-slots.js';

describe('a tuple', () => {
  const slots: readonly Slot[] = [{ name: 'revision' }, { name: 'id' }, { name: 'status', missing: 'held' }];

  it('that was written with the same slots is taken as it is', () => {
    const tuple = [1, 'a', 'live'];
    expect(tupleReader(slots, namesOf(slots))?.(tuple)).toBe(tuple);
  });

  it('of another order, with slots that are not known and without one that has a default, says what it says', () => {
    expect(tupleReader(slots, ['id', 'colour', 'revision'])?.(['a', 'red', 1])).toEqual([1, 'a', 'held']);
  });

  it('without a slot that it cannot do without is none', () => {
    expect(tupleReader(slots, ['id', 'status'])).toBeUndefined();
  });
});
