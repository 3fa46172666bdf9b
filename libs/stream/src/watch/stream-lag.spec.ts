import { StreamLag } from './stream-lag.js';

const TOPIC = 'events';
const ends = (end: string) => new Map([[TOPIC, new Map([[0, end]])]]);
const batch = (first: number, next: number, behind: number, timestamps: readonly number[]) => ({
  topic: TOPIC,
  partition: 0,
  records: timestamps.map((at) => ({ timestamp: String(at) })),
  firstOffset: String(first),
  nextOffset: String(next),
  behind,
});

const watched = () => {
  let now = 100_000;
  const lag = new StreamLag(() => now);
  lag.joined(TOPIC, [0]);
  const look = (end?: string) => {
    const [{ records, oldestSeconds }] = lag.lags(end === undefined ? undefined : ends(end));
    return [records, oldestSeconds];
  };
  return {
    lag,
    look,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('lag', () => {
  it('counts what the topic has beyond the last batch, and its age is 0 where nothing waits', () => {
    const { lag, look } = watched();
    lag.handled(batch(0, 5, 0, [99_000]));
    expect(look('5')).toEqual([0, 0]);
  });

  it('grows while a batch cannot be handled: the oldest record in hand keeps its own age', () => {
    const { lag, look, pass } = watched();
    lag.taken(batch(5, 8, 0, [97_000, 98_000]));
    expect(look('8')).toEqual([3, 3]);
    pass(60_000);
    expect(look('20')).toEqual([15, 63]);
  });

  it('grows while nothing is fetched at all, from when records were first seen to wait', () => {
    const { lag, look, pass } = watched();
    lag.handled(batch(0, 5, 0, [99_000]));
    expect(look('7')).toEqual([2, 0]);
    pass(30_000);
    expect(look('9')).toEqual([4, 30]);
  });

  it('with more behind a batch, what waits is as old as the last record handled', () => {
    const { lag, look } = watched();
    lag.handled(batch(0, 5, 100, [80_000, 90_000]));
    expect(look('105')).toEqual([100, 10]);
  });

  it('takes markers of transactions for what they are', () => {
    const { lag, look } = watched();
    lag.handled(batch(0, 5, 1, [90_000]));
    lag.passed(TOPIC, 0, '6');
    expect(look('6')).toEqual([0, 0]);
  });

  it('begins at what the group has committed, and keeps the last ends while Kafka is away', () => {
    const { lag, look } = watched();
    expect(lag.unbegun).toEqual([TOPIC]);
    lag.begins(TOPIC, new Map([[0, '40']]));
    expect(look('50')[0]).toBe(10);
    expect(look()[0]).toBe(10);
    expect(lag.unbegun).toEqual([]);
  });
});
