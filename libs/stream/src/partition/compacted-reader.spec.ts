import type { Consumer, ConsumerConfig, EachBatchPayload, KafkaMessage } from '#kafka';
import { CompactedReader } from './compacted-reader.js';

type Listener = (event: { payload: unknown }) => void;

/** A consumer that joins at once and crashes or hands out batches when it is told to. */
class FakeConsumer {
  readonly events = { CRASH: 'crash', GROUP_JOIN: 'join' };
  readonly seeks: string[] = [];
  private readonly listeners = new Map<string, Listener>();
  private eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();
  private isRunning = false;

  constructor(
    readonly config: ConsumerConfig,
    private readonly joins: boolean,
  ) {}

  connect = () => Promise.resolve();
  disconnect = () => Promise.resolve();
  subscribe = () => Promise.resolve();
  pause = () => undefined;
  resume = () => undefined;
  on(name: string, listener: Listener) {
    this.listeners.set(name, listener);
    return () => this.listeners.delete(name);
  }
  run({ eachBatch }: { eachBatch: (payload: EachBatchPayload) => Promise<void> }) {
    this.isRunning = true;
    this.eachBatch = eachBatch;
    if (this.joins) this.listeners.get('join')?.({ payload: {} });
    else this.crash();
    return Promise.resolve();
  }
  seek({ offset }: { offset: string }) {
    if (!this.isRunning) throw new Error('Consumer group was not initialized');
    this.seeks.push(offset);
  }
  crash() {
    this.isRunning = false;
    this.listeners.get('crash')?.({ payload: { error: new Error('crashed') } });
  }
  handOut(keys: readonly string[], isStale = false) {
    const messages = keys.map((key) => ({ key: Buffer.from(key) }));
    const payload = { batch: { partition: 0, messages }, pause: () => undefined, isStale: () => isStale };
    return this.eachBatch(payload as unknown as EachBatchPayload);
  }
}

const readerOf = (joins: readonly boolean[] = []) => {
  const consumers: FakeConsumer[] = [];
  const kafka = {
    consumer: (config: ConsumerConfig) => {
      consumers.push(new FakeConsumer(config, joins[consumers.length] ?? true));
      return consumers[consumers.length - 1] as unknown as Consumer;
    },
  };
  const reader = new CompactedReader(kafka as never, 't', 3, 'restore');
  const read: string[] = [];
  const upTo = (end: string) =>
    reader.read(0, (records: readonly KafkaMessage[]) => {
      read.push(...records.map(({ key }) => String(key)));
      return read.includes(end);
    });
  return { consumers, read, upTo };
};
const soon = () => new Promise(setImmediate);

describe('reading a compacted partition', () => {
  it('goes from the beginning to the record that is looked for', async () => {
    const { consumers, read, upTo } = readerOf();
    const reading = upTo('end');
    await soon();
    await consumers[0].handOut(['a', 'b']);
    await consumers[0].handOut(['c', 'end']);
    await reading;
    expect([consumers[0].seeks, read]).toEqual([['0'], ['a', 'b', 'c', 'end']]);
  });

  it('leaves out what was fetched from elsewhere before it began', async () => {
    const { consumers, read, upTo } = readerOf();
    const reading = upTo('end');
    await soon();
    await consumers[0].handOut(['x', 'end'], true);
    await consumers[0].handOut(['a', 'x', 'end']);
    await reading;
    expect(read).toEqual(['a', 'x', 'end']);
  });

  it('fails when its consumer crashes; the next one has a new consumer in a group of its own', async () => {
    const { consumers, upTo } = readerOf();
    const first = upTo('end');
    await soon();
    consumers[0].crash();
    await expect(first).rejects.toThrow('crashed');
    const second = upTo('end');
    await soon();
    await consumers[1].handOut(['end']);
    await second;
    const [before, after] = consumers.map(({ config }) => config.groupId);
    expect(after).not.toBe(before);
    expect(await consumers[0].config.retry?.restartOnFailure?.(new Error())).toBe(false);
  });

  it('fails when the consumer cannot start, and is not stuck with it', async () => {
    const { consumers, upTo } = readerOf([false, true]);
    await expect(upTo('end')).rejects.toThrow('crashed');
    const second = upTo('end');
    await soon();
    await consumers[1].handOut(['end']);
    await expect(second).resolves.toBeUndefined();
  });

  it('is given up when nothing comes any more: the record that is looked for may be gone', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate'] });
    try {
      const { consumers, upTo } = readerOf();
      const reading = upTo('end');
      const failed = expect(reading).rejects.toThrow('nothing came');
      await soon();
      await consumers[0].handOut(['a']);
      jest.advanceTimersByTime(9_999);
      await consumers[0].handOut(['b']);
      jest.advanceTimersByTime(10_000);
      await failed;
    } finally {
      jest.useRealTimers();
    }
  });

  it('tells one who waits when somebody else begins to read the partition', async () => {
    const { consumers, upTo } = readerOf();
    const first = upTo('end');
    await soon();
    const failed = expect(first).rejects.toThrow('read anew');
    const second = upTo('end');
    await failed;
    await consumers[0].handOut(['end']);
    await second;
  });
});
