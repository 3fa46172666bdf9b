import { pino } from 'pino';
import type { RecordBatch } from '../transport/record-batch.js';
import { OwnedPartition } from './owned-partition.js';
import type { PartitionStore, PartitionState } from './partition-store.js';

/** A state that holds the offsets it was given, and says how many wait upstream. */
class Offsets implements PartitionState<string> {
  private taken: string[] = [];
  constructor(
    private readonly upstream: () => number,
    readonly readUpTo?: string,
  ) {}
  get pending() {
    return this.taken.length;
  }
  apply(records: RecordBatch['records']) {
    this.taken.push(...records.map(({ offset }) => offset));
    return this.upstream();
  }
  take() {
    return this.taken.splice(0);
  }
}

class FakeStore implements PartitionStore<string> {
  readonly published: (readonly [readonly string[], string])[] = [];
  opened = 0;
  failing = false;
  constructor(public upstream = 0) {}
  isAway = false;
  open() {
    if (this.isAway) return Promise.reject(new Error('away'));
    this.opened += 1;
    return Promise.resolve(new Offsets(() => this.upstream, this.readUpTo));
  }
  /** Where the state says that it stands. */
  readUpTo?: string;
  /** What a write waits for. */
  gate: Promise<void> = Promise.resolve();
  async publish(changes: readonly string[], offset: string) {
    if (this.failing) throw new Error('away');
    this.published.push([changes, offset]);
    await this.gate;
  }
  close() {
    return Promise.resolve();
  }
}

const batch = (from: number, to: number, seeks: string[] = []): RecordBatch => ({
  topic: 't',
  partition: 0,
  records: Array.from({ length: to - from }, (_, n) => ({
    offset: String(from + n),
  })) as unknown as RecordBatch['records'],
  firstOffset: String(from),
  nextOffset: String(to),
  behind: 0,
  seek: (offset) => seeks.push(offset),
  rest: () => undefined,
  done: () => undefined,
  isStale: () => false,
});

const partitionOf = (store: FakeStore, behindMs = 50, now = Date.now) =>
  new OwnedPartition(
    0,
    store,
    { paceMs: 0, behindEvents: 10, behindMs, maxPending: 5, settlePending: 3, settleMs: 30 },
    pino({ level: 'silent' }),
    now,
  );

/** Everything that is under way and waits for no timer has happened. */
const settled = () => new Promise(setImmediate);

/** A clock that stands until it is moved past the pause of a restart. */
const standingClock = () => {
  let now = 1;
  const passPause = () => {
    now += 300;
  };
  return { now: () => now, passPause };
};

describe('an owned partition', () => {
  it('writes at once while little waits', async () => {
    const store = new FakeStore();
    await partitionOf(store).handle(batch(0, 2));
    expect(store.published).toEqual([[['0', '1'], '2']]);
  });

  it('writes once for many batches while far behind', async () => {
    const store = new FakeStore(1_000);
    const partition = partitionOf(store);
    await partition.handle(batch(0, 1));
    await partition.handle(batch(1, 2));
    expect(store.published).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(store.published).toEqual([[['0', '1'], '2']]);
  });

  it.each([
    ['waits on when the end of the backlog is near', 100, 0],
    ['writes at its interval when it is not', 990, 1],
  ])('%s', async (_what, left, written) => {
    let now = 1;
    const store = new FakeStore(1_000);
    const partition = partitionOf(store, 5_000, () => now);
    await partition.handle(batch(0, 1));
    now += 5_100;
    store.upstream = left;
    await partition.handle(batch(1, 2));
    expect(store.published).toHaveLength(written);
    await partition.close();
  });

  it('waits a little for stragglers when much has just changed', async () => {
    const store = new FakeStore();
    const partition = partitionOf(store);
    await partition.handle(batch(0, 4));
    expect(store.published).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(store.published).toHaveLength(1);
  });

  it('does not wait with more than it may hold', async () => {
    const store = new FakeStore(1_000);
    await partitionOf(store).handle(batch(0, 5));
    expect(store.published).toHaveLength(1);
  });

  it('that could not write drops its state and reads again from the offset written last', async () => {
    const store = new FakeStore();
    const clock = standingClock();
    const partition = partitionOf(store, 50, clock.now);
    const seeks: string[] = [];
    await partition.handle(batch(0, 2, seeks));
    await settled();
    store.failing = true;
    await partition.handle(batch(2, 4, seeks));
    await settled();
    clock.passPause();
    store.failing = false;
    expect([seeks, store.opened]).toEqual([['2'], 1]);
    await partition.handle(batch(2, 4, seeks));
    expect(store.opened).toBe(2);
    expect(store.published.at(-1)).toEqual([['2', '3'], '4']);
  });

  it('that could not be opened reads again what came meanwhile', async () => {
    const store = new FakeStore();
    const partition = partitionOf(store);
    const seeks: string[] = [];
    store.isAway = true;
    await partition.handle(batch(0, 2, seeks));
    store.isAway = false;
    expect(seeks).toEqual(['0']);
  });

  it('goes back to where its state stands when a batch comes from further on; once', async () => {
    const store = new FakeStore();
    store.readUpTo = '2';
    const partition = partitionOf(store);
    const seeks: string[] = [];
    await partition.handle(batch(7, 9, seeks));
    expect([seeks, store.published]).toEqual([['2'], []]);
    await partition.handle(batch(4, 9, seeks));
    expect(seeks).toEqual(['2']);
    expect(store.published).toEqual([[['4', '5', '6', '7', '8'], '9']]);
  });

  it('goes back when its consumer has gone on from elsewhere in the middle, as after a rebalance', async () => {
    const store = new FakeStore();
    store.readUpTo = '0';
    const partition = partitionOf(store, 50, () => 1);
    const seeks: string[] = [];
    await partition.handle(batch(0, 2, seeks));
    await partition.handle(batch(5, 6, seeks));
    await partition.handle(batch(2, 4, seeks));
    await partition.handle(batch(9, 10, seeks));
    expect(seeks).toEqual(['2', '4']);
    expect(store.published).toEqual([
      [['0', '1'], '2'],
      [['2', '3'], '4'],
    ]);
  });

  it('goes back once more when its consumer was started anew before it could', async () => {
    const store = new FakeStore();
    store.readUpTo = '0';
    const partition = partitionOf(store);
    const seeks: string[] = [];
    await partition.handle(batch(5, 6, seeks));
    partition.reassigned();
    await partition.handle(batch(5, 6, seeks));
    await partition.handle(batch(0, 6, seeks));
    expect(seeks).toEqual(['0', '0']);
    expect(store.published).toEqual([[['0', '1', '2', '3', '4', '5'], '6']]);
  });

  it('says what is done after it was written', async () => {
    const store = new FakeStore();
    const done: string[] = [];
    let finish = () => undefined as void;
    store.gate = new Promise((resolve) => (finish = resolve));
    const partition = partitionOf(store);
    await partition.handle({ ...batch(0, 2), done: (offset) => done.push(offset) });
    expect(done).toEqual([]);
    finish();
    await partition.close();
    expect(done).toEqual(['2']);
  });

  it('takes batches in while a write is under way; they leave together with the next', async () => {
    const store = new FakeStore();
    const partition = partitionOf(store);
    let finish = () => undefined as void;
    store.gate = new Promise((resolve) => (finish = resolve));
    for (const from of [0, 1, 2]) await partition.handle(batch(from, from + 1));
    expect(store.published).toEqual([[['0'], '1']]);
    finish();
    await partition.close();
    expect(store.published).toEqual([
      [['0'], '1'],
      [['1', '2'], '3'],
    ]);
  });

  it('leaves out a batch that was fetched before it had to start again', async () => {
    const store = new FakeStore();
    const clock = standingClock();
    const partition = partitionOf(store, 50, clock.now);
    store.failing = true;
    await partition.handle(batch(0, 2));
    await partition.handle({ ...batch(2, 4), isStale: () => true });
    await settled();
    clock.passPause();
    store.failing = false;
    await partition.handle(batch(0, 2));
    await partition.close();
    expect(store.published).toEqual([[['0', '1'], '2']]);
  });

  it('writes what waits before it is let go', async () => {
    const store = new FakeStore(1_000);
    const partition = partitionOf(store, 60_000);
    await partition.handle(batch(0, 1));
    await partition.close();
    expect(store.published).toEqual([[['0'], '1']]);
  });
});
