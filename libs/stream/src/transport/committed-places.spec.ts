import type { Logger } from 'pino';
import { type Consumer, type Kafka } from '#kafka';
import { askedTogether, committedPlaces, markOf, PlaceCheck } from './committed-places.js';

/** As kafkajs throws one where trying again does not help. */
const kafkaFault = (message: string): Error => Object.assign(new Error(message), { name: 'KafkaJSNonRetriableError' });

interface Held {
  readonly partition: number;
  readonly offset: string;
  readonly metadata: string | null;
}

/** A broker that knows what a group has committed; away for as many questions as it is told. */
const aCheck = (held: readonly Held[], away = 0, startsOver = true) => {
  let left = away;
  const admin = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    fetchOffsets: () => {
      left -= 1;
      return left >= 0 ? Promise.reject(new Error('away')) : Promise.resolve([{ topic: 't', partitions: held }]);
    },
  };
  const kafka = { admin: () => admin } as unknown as Kafka;
  const sought: number[] = [];
  const state = { isCrashed: false };
  const consumer = {
    seek: ({ partition }: { partition: number }) => {
      if (state.isCrashed) throw kafkaFault('Consumer group was not initialized');
      sought.push(partition);
    },
  } as unknown as Consumer;
  const logger = { warn: () => undefined, debug: () => undefined } as unknown as Logger;
  return {
    kafka,
    sought,
    state,
    check: new PlaceCheck(consumer, 'g', 't', logger, () => committedPlaces(kafka, 'g', 't'), startsOver),
  };
};

describe('a committed place', () => {
  const own = { partition: 0, offset: '7', metadata: markOf('7') };

  it('is believed where this program committed it, and where nothing is committed', async () => {
    const { sought, check } = aCheck([own, { partition: 1, offset: '-1', metadata: null }]);
    check.assign([0, 1]);
    await Promise.all([check.settled(0), check.settled(1)]);
    expect(sought).toEqual([]);
  });

  it.each([null, '', markOf('6')])(
    'with the mark %j was set by somebody else: reading starts over',
    async (metadata) => {
      const { sought, check } = aCheck([own, { partition: 2, offset: '7', metadata }]);
      check.assign([0, 2]);
      await check.settled(2);
      expect(sought).toEqual([2]);
    },
  );

  it('is known, and reading does not start over, where places are but a hint', async () => {
    const { sought, check } = aCheck([own, { partition: 2, offset: '7', metadata: null }], 0, false);
    check.assign([0, 2]);
    expect([await check.isBegun(0), await check.isBegun(2), sought]).toEqual([true, false, []]);
  });

  it('is looked at again at every assignment, for kafkajs goes back to it', async () => {
    const { sought, check } = aCheck([{ partition: 2, offset: '7', metadata: null }]);
    check.assign([2]);
    await check.settled(2);
    check.assign([2, 3]);
    await check.settled(2);
    expect(sought).toEqual([2, 2]);
  });

  it('is asked for until the broker answers; nothing is handled before', async () => {
    const { sought, check } = aCheck([{ partition: 2, offset: '7', metadata: null }], 1);
    check.assign([2]);
    const early = await Promise.race([check.settled(2).then(() => 'settled'), Promise.resolve('waiting')]);
    expect(early).toBe('waiting');
    await check.settled(2);
    expect(sought).toEqual([2]);
  });

  it('of a consumer that crashed meanwhile is left to the check after it has joined again', async () => {
    const { sought, state, check } = aCheck([{ partition: 2, offset: '7', metadata: null }]);
    state.isCrashed = true;
    check.assign([2]);
    await expect(check.settled(2)).resolves.toBeUndefined();
    state.isCrashed = false;
    check.assign([2]);
    await check.settled(2);
    expect(sought).toEqual([2]);
  });

  it('says whose it is', async () => {
    const places = await committedPlaces(aCheck([own, { ...own, partition: 1, metadata: null }]).kafka, 'g', 't');
    expect([places.get(0), places.get(1)]).toEqual([
      { offset: 7n, isOwn: true },
      { offset: 7n, isOwn: false },
    ]);
  });
});

describe('what is asked together', () => {
  it('is asked once while an answer is waited for', async () => {
    let asked = 0;
    const ask = askedTogether(() => Promise.resolve((asked += 1)), 1_000);
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    expect(await ask()).toBe(2);
  });

  it('is asked again where no answer comes', async () => {
    const answers = [new Promise<string>(() => undefined), Promise.resolve('known')];
    const ask = askedTogether(() => answers.shift() as Promise<string>, 10);
    await expect(ask()).rejects.toThrow('no answer within 10 ms');
    await expect(ask()).resolves.toBe('known');
  });
});
