import type { Consumer } from '#kafka';
import { createLogger } from '#service';
import type { RecordBatch } from '#stream';
import { HELD_MS, LiveSource } from './live-source.js';
import type { PassedRecord } from './unwritten.js';

const TOPIC = 't';
const LOOK_MS = 1_000;

/** The servers that a source asks, as a test wants them. */
class Servers {
  generation = 1;
  isAway = false;
  /** Up to where partition 0 is written, by generation. */
  written: Record<number, number> = { 1: 0 };
  private readonly ask = <T>(answer: () => T): Promise<T> =>
    this.isAway ? Promise.reject(new Error('away')) : Promise.resolve(answer());

  readonly reader = { generation: () => this.ask(() => this.generation), windows: () => this.ask(() => []) };
  readonly places = {
    of: (_topic: string, generation: number) => this.ask(() => new Map([[0, this.written[generation] ?? 0]])),
    close: () => Promise.resolve(),
  };
}

describe('the source of the live stream', () => {
  let servers: Servers;
  let source: LiveSource;
  let sought: string[];
  let gaps: number;
  let ticks: number;

  beforeEach(async () => {
    jest.useFakeTimers();
    [servers, sought, gaps, ticks] = [new Servers(), [], 0, 0];
    const logger = createLogger('live-source', 'silent');
    source = new LiveSource({ topics: [TOPIC], reader: servers.reader, written: servers.places, logger });
    source.onGap = () => (gaps += 1);
    source.onTick = () => (ticks += 1);
    await source.begin();
    const consumer = { seek: ({ offset }: { offset: string }) => sought.push(offset) } as unknown as Consumer;
    source.assigned(TOPIC, [0], consumer);
  });
  afterEach(async () => {
    await source.close();
    jest.useRealTimers();
  });

  /** Records of partition 0 as a batch; what is handed on of it. */
  const batch = (offsets: readonly number[], more: Partial<RecordBatch> & { unreadable?: object } = {}): number[] => {
    const { unreadable, ...fields } = more;
    const records = offsets.map((offset) => ({
      ...{ key: Buffer.from('VN|2026'), value: Buffer.from('{}'), offset: String(offset), timestamp: '0' },
      ...(unreadable === undefined ? {} : { unreadable }),
    }));
    const firstOffset = String(offsets[0]);
    const nextOffset = String((offsets.at(-1) as number) + 1);
    const seek = (offset: string) => sought.push(offset);
    const whole = { topic: TOPIC, partition: 0, records, firstOffset, nextOffset, behind: 0, seek, ...fields };
    const passed: PassedRecord[] = [];
    source.take(whole as unknown as RecordBatch, (record) => passed.push(record));
    return passed.map(({ offset }) => offset);
  };
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

  it('begins where MongoDB is, and goes on behind what it has taken', () => {
    expect(sought).toEqual(['0']);
    expect([batch([0, 1]), batch([1, 2]), gaps]).toEqual([[0, 1], [2], 0]);
  });

  it('goes back to what it has not taken, and says that it misses something only where that does not come', () => {
    batch([0, 1]);
    sought = [];
    expect([batch([5, 6]), sought, gaps]).toEqual([[], ['2'], 0]);
    expect([batch([2, 3, 4]), gaps]).toEqual([[2, 3, 4], 0]);
    expect([batch([9]), gaps]).toEqual([[], 0]);
    // The records between are gone.
    expect([batch([9]), gaps]).toEqual([[9], 1]);
    expect([batch([10]), gaps]).toEqual([[10], 1]);
  });

  it('says that it misses something where the topic is another one, or a batch cannot be read', () => {
    batch([0, 1, 2, 3]);
    expect([batch([0], { behind: 0 }), gaps]).toEqual([[0], 1]);
    batch([1], { unreadable: { detail: 'checksum' } });
    expect(gaps).toBe(2);
  });

  it('begins anew with a new generation: at its places, with nothing of the one before, and says so once', async () => {
    servers.written = { 1: 0, 2: 4 };
    batch([0, 1, 2, 3, 4, 5]);
    sought = [];
    await pass(LOOK_MS);
    expect([source.generation, gaps, sought]).toEqual([1, 0, []]);
    servers.generation = 2;
    await pass(LOOK_MS);
    expect([source.generation, gaps, sought]).toEqual([2, 1, ['4']]);
    expect(source.unwritten.isEmpty).toBe(true);
    expect([batch([6]), sought.at(-1)]).toEqual([[], '4']);
    expect(batch([4, 5, 6])).toEqual([4, 5, 6]);
    await pass(3 * LOOK_MS);
    expect(gaps).toBe(1);
  });

  it('notices a new generation as soon as MongoDB and Kafka answer again, and stays in its own until then', async () => {
    servers.isAway = true;
    servers.generation = 2;
    await pass(3 * LOOK_MS);
    expect([source.generation, gaps, ticks]).toEqual([1, 0, 3]);
    servers.isAway = false;
    await pass(LOOK_MS);
    expect([source.generation, gaps, ticks]).toEqual([2, 1, 4]);
  });

  it('lets go of a record when it was written a while ago, and not while somebody reads', async () => {
    batch([0, 1]);
    servers.written = { 1: 1 };
    const held = () => source.unwritten.recordsOf(TOPIC, 'VN').map(({ offset }) => offset);
    await source.whileHeld(() => pass(3 * HELD_MS));
    batch([2]);
    expect(held()).toEqual([2]);
    servers.written = { 1: 3 };
    await source.whileHeld(async () => {
      await pass(3 * HELD_MS);
      expect(source.unwritten.isEmpty).toBe(false);
    });
    await pass(3 * HELD_MS);
    expect(source.unwritten.isEmpty).toBe(true);
  });
});
