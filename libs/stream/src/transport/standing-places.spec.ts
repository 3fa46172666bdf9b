import { StandingPlaces, type PlaceProgress } from './standing-places.js';

describe('committed places', () => {
  let progress: Map<number, PlaceProgress>;
  let atRest: boolean;
  let again: string[];
  let places: StandingPlaces;

  beforeEach(() => {
    progress = new Map();
    atRest = true;
    again = [];
    places = new StandingPlaces(
      () => Promise.resolve(progress),
      () => atRest,
      (partition, from, isCommitted) => again.push(`${partition}:${from}${isCommitted ? '' : ' not committed'}`),
    );
    places.assign([0, 1, 2]);
  });
  const stands = (partition: number, committed: bigint | undefined, end: bigint, beginning = 0n) =>
    progress.set(partition, { committed, beginning, end });
  const looks = async (times: number) => {
    for (let n = 0; n < times; n += 1) await places.look();
  };

  it('that stand before the end at two looks are read again from there', async () => {
    stands(0, 5n, 7n);
    stands(1, 7n, 7n);
    stands(2, 8n, 7n);
    await looks(1);
    expect(again).toEqual([]);
    await looks(1);
    expect(again).toEqual(['0:5']);
  });

  it('that are read again have as long as before until they are read once more', async () => {
    stands(0, 5n, 7n);
    await looks(3);
    expect(again).toEqual(['0:5']);
    await looks(1);
    expect(again).toEqual(['0:5', '0:5']);
  });

  it('that move are left alone', async () => {
    stands(0, 5n, 7n);
    await looks(1);
    stands(0, 6n, 9n);
    await looks(1);
    stands(0, 8n, 9n);
    await looks(1);
    expect(again).toEqual([]);
  });

  it('are left alone while something of the partition is under way', async () => {
    stands(0, 5n, 7n);
    await looks(1);
    atRest = false;
    await looks(1);
    atRest = true;
    await looks(1);
    expect(again).toEqual([]);
  });

  it('that there are none yet are before the first record that is kept', async () => {
    stands(0, undefined, 7n, 3n);
    stands(1, undefined, 7n, 7n);
    stands(2, undefined, 0n);
    await looks(2);
    expect(again).toEqual(['0:3 not committed']);
  });

  it('of partitions that Kafka says nothing of are none', async () => {
    await looks(3);
    expect(again).toEqual([]);
  });

  it('of partitions that another has are none of this one', async () => {
    stands(3, 5n, 7n);
    await looks(3);
    places.assign([]);
    stands(0, 5n, 7n);
    await looks(3);
    expect(again).toEqual([]);
  });

  it('seen before the group was joined again count no more, nor does an answer that comes after', async () => {
    stands(0, 5n, 7n);
    await looks(1);
    places.assign([0]);
    await looks(1);
    const asked = places.look();
    places.assign([0]);
    await asked;
    expect(again).toEqual([]);
  });
});
