import { StandingPlaces } from './standing-places.js';

describe('committed places', () => {
  let committed: Map<number, bigint>;
  let from: Map<number, bigint>;
  let to: Map<number, bigint>;
  /** What was read, by partition; of those that are left out something is under way. */
  let reads: Map<number, object>;
  let again: string[];
  let asked: number;
  let places: StandingPlaces;

  beforeEach(() => {
    [committed, from, to] = [new Map(), new Map(), new Map()];
    reads = new Map([0, 1, 2].map((partition) => [partition, {}]));
    again = [];
    asked = 0;
    places = new StandingPlaces({
      places: () =>
        Promise.resolve(new Map([0, 1, 2].map((each) => [each, { offset: committed.get(each), isOwn: true }]))),
      bounds: () => {
        asked += 1;
        return Promise.resolve({ from, to });
      },
      atRest: (partition) => reads.get(partition),
      readAgain: (partition, place, isCommitted) => {
        again.push(`${partition}:${place}${isCommitted ? '' : ' not committed'}`);
        reads.set(partition, {});
      },
    });
    places.assign([0, 1, 2]);
  });
  const stands = (partition: number, place: bigint | undefined, end: bigint, beginning = 0n) => {
    if (place === undefined) committed.delete(partition);
    else committed.set(partition, place);
    from.set(partition, beginning);
    to.set(partition, end);
  };
  const looks = async (times: number) => {
    for (let n = 0; n < times; n += 1) await places.look();
  };

  it('that stand before the end at two looks, and did not move before, are read again from there', async () => {
    stands(0, 5n, 7n);
    stands(1, 7n, 7n);
    stands(2, 8n, 7n);
    await looks(2);
    expect(again).toEqual([]);
    await looks(1);
    expect(again).toEqual(['0:5']);
  });

  it('that are read again have as long as before until they are read once more', async () => {
    stands(0, 5n, 7n);
    await looks(5);
    expect(again).toEqual(['0:5']);
    await looks(1);
    expect(again).toEqual(['0:5', '0:5']);
  });

  it('that move are left alone, and where the topic ends is not asked', async () => {
    for (const place of [5n, 6n, 7n, 8n]) {
      [0, 1, 2].forEach((partition) => stands(partition, place, 9n));
      await looks(1);
    }
    expect([again, asked]).toEqual([[], 0]);
  });

  it('are left alone while something of the partition is under way', async () => {
    stands(0, 5n, 7n);
    await looks(2);
    reads.delete(0);
    await looks(1);
    reads.set(0, {});
    await looks(2);
    expect(again).toEqual([]);
  });

  it('are looked at anew where something was handed out meanwhile', async () => {
    stands(0, 5n, 7n);
    places.assign([0]);
    for (let n = 0; n < 5; n += 1) {
      await looks(1);
      reads.set(0, {});
    }
    expect([again, asked]).toEqual([[], 0]);
  });

  it('at the end are asked about once, until something is handed out', async () => {
    [0, 1, 2].forEach((partition) => stands(partition, 7n, 7n));
    await looks(6);
    expect(asked).toBe(1);
    stands(0, 7n, 9n);
    reads.set(0, {});
    await looks(3);
    expect([again, asked]).toEqual([['0:7'], 3]);
  });

  it('that there are none yet are before the first record that is kept', async () => {
    stands(0, undefined, 7n, 3n);
    stands(1, undefined, 7n, 7n);
    stands(2, undefined, 0n);
    await looks(3);
    expect(again).toEqual(['0:3 not committed']);
  });

  it('of partitions that another has are none of this one', async () => {
    stands(0, 5n, 7n);
    places.assign([1, 2]);
    await looks(3);
    places.assign([]);
    await looks(3);
    expect(again).toEqual([]);
  });

  it('seen before the group was joined again count no more, nor does an answer that comes after', async () => {
    stands(0, 5n, 7n);
    await looks(2);
    places.assign([0]);
    await looks(2);
    const look = places.look();
    places.assign([0]);
    await look;
    await looks(2);
    expect(again).toEqual([]);
  });
});
