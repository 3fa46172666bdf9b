import fc from 'fast-check';
import { ReadingPlace } from './reading-place.js';

/** A place whose state was made from what is durable, up to an offset where it says so. */
const restoredAt = (readUpTo?: string): ReadingPlace => {
  const place = new ReadingPlace();
  place.restored(readUpTo);
  return place;
};

describe('where reading begins again', () => {
  it('is nowhere before the first batch, then where that began', () => {
    const place = new ReadingPlace();
    expect(place.restart).toBeUndefined();
    place.handed('7');
    place.handed('9');
    expect(place.restart).toBe('7');
  });

  it('is up to where was written last, not up to where was taken in', () => {
    const place = restoredAt('0');
    place.handed('0');
    place.took('5');
    expect(place.takeUnwritten()).toBe('5');
    place.took('8');
    expect(place.restart).toBe('0');
    place.wrote('5');
    expect(place.restart).toBe('5');
  });

  it('is where a restored state stands, where that is earlier than the batch that came', () => {
    const place = restoredAt('2');
    place.handed('7');
    place.backFrom('7');
    expect(place.restart).toBe('2');
  });

  it('is not later than before because reading was sent back', () => {
    const place = restoredAt('4');
    place.handed('0');
    place.backFrom('7');
    expect(place.restart).toBe('0');
  });
});

describe('what is not written yet', () => {
  it('is taken once', () => {
    const place = restoredAt('0');
    expect([place.hasUnwritten, place.takeUnwritten()]).toEqual([false, undefined]);
    place.took('3');
    expect([place.hasUnwritten, place.takeUnwritten(), place.takeUnwritten()]).toEqual([true, '3', undefined]);
  });

  it('goes with the state', () => {
    const place = restoredAt('0');
    place.took('3');
    place.lost();
    expect([place.hasUnwritten, place.takeUnwritten()]).toEqual([false, undefined]);
  });
});

describe('a batch', () => {
  it.each([
    ['follows', '4', undefined],
    ['is read again', '0', undefined],
    ['comes from further on', '5', '4'],
    ['comes from further on, by one more digit', '10', '4'],
  ])('that %s: reading is sent back where records lie between', (_what, firstOffset, back) => {
    expect(restoredAt('4').backFrom(firstOffset)).toBe(back);
  });

  it('is held against what was taken in, written or not', () => {
    const place = restoredAt('0');
    place.took('4');
    expect(place.backFrom('6')).toBe('4');
  });

  it('comes from anywhere where the state does not say up to where it read', () => {
    expect(restoredAt().backFrom('1000')).toBeUndefined();
  });

  it('sends reading back to a place once: what is not there any more the second time is gone from the topic', () => {
    const place = restoredAt('4');
    expect([place.backFrom('6'), place.backFrom('6')]).toEqual(['4', undefined]);
    place.took('8');
    expect(place.backFrom('9')).toBe('8');
  });

  it.each([
    ['the consumer has joined its group again', (place: ReadingPlace) => place.rejoined()],
    ['the state was made anew', (place: ReadingPlace) => place.restored('4')],
  ])('sends it back once more when %s', (_what, happens) => {
    const place = restoredAt('4');
    place.backFrom('6');
    happens(place);
    expect(place.backFrom('6')).toBe('4');
  });
});

describe('any order of batches, writes and losses', () => {
  const step = fc.oneof(
    fc.record({
      is: fc.constant('batch' as const),
      gap: fc.integer({ min: -3, max: 3 }),
      size: fc.integer({ min: 1, max: 4 }),
    }),
    fc.constant({ is: 'write' as const }),
    fc.constant({ is: 'loss' as const }),
    fc.constant({ is: 'rejoin' as const }),
  );

  it('leaves no record out: what the state has taken in has no hole, and a restart is never past what is durable', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const place = restoredAt('0');
        let durable = 0;
        let taken = 0;
        let next = 0;
        for (const each of steps) {
          if (each.is === 'batch') {
            const first = Math.max(0, next + each.gap);
            place.handed(String(first));
            const back = place.backFrom(String(first));
            if (back !== undefined) next = Number(back);
            else if (first <= taken) place.took(String((taken = next = first + each.size)));
            // Else it was sent back before and comes from further on all the same: the records are gone from the topic.
            else return;
          } else if (each.is === 'write') {
            const offset = place.takeUnwritten();
            if (offset !== undefined) place.wrote(String((durable = Number(offset))));
          } else if (each.is === 'loss') {
            place.lost();
            place.restored(String(durable));
            next = taken = durable;
          } else place.rejoined();
          expect(Number(place.restart ?? 0)).toBeLessThanOrEqual(durable);
        }
      }),
      { numRuns: 500 },
    );
  });
});
