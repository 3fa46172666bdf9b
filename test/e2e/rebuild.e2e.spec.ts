import { spawn } from 'node:child_process';
import { toExactJson, type Rollup } from '#domain';
import { connectStore, RollupReader, windowModel, type Connection } from '#store';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { everyType, seededWorkload } from '../kit/seeded-workload.js';

const WATCHED = { units: ['VN', '01', '79'], windows: ['2026', '2026-H1', '2026-Q3', '2026-05'] };

/** Asks, over and over, what readers see, and keeps each answer that differs from the one before. */
class Watcher {
  readonly seen: string[] = [];
  private isStopped = false;
  private readonly running: Promise<void>;

  constructor(private readonly reader: RollupReader) {
    this.running = this.watch();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async watch(): Promise<void> {
    while (!this.isStopped) {
      const answer = await seenBy(this.reader);
      if (answer !== this.seen.at(-1)) this.seen.push(answer);
    }
  }
}

const seenBy = async (reader: RollupReader): Promise<string> => {
  const found = await reader.windows(WATCHED.units, WATCHED.windows);
  const items = found.flatMap(({ unit, window, items: rollups }) =>
    rollups.map((rollup) => ({ unit, window, ...rollup })),
  );
  return toExactJson(items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)));
};

const keyOf = ({ unit, window, indicator }: Rollup & { unit: string; window: string }) =>
  `${unit}|${window}|${indicator}`;

describe('a rebuild', () => {
  const workload = seededWorkload(40_000, 21, 0.01, everyType);
  let it_: TestInstallation;
  let connection: Connection;

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection');
    connection = await connectStore(it_.config);
    for (let from = 0; from < workload.messages.length; from += 2_000) {
      const messages = workload.messages.slice(from, from + 2_000);
      await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    }
    await it_.drained();
  });
  afterAll(async () => {
    await connection.close();
    await it_.stop();
  });

  /** `npm run rebuild` as a process of its own. */
  const rebuilding = () => {
    const child = spawn(process.execPath, ['dist/cli/main.js', 'rebuild'], { env: it_.env });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, said: () => said };
  };
  const kill = (service: string) => process.kill(it_.supervisor.pids().get(service) as number, 'SIGKILL');
  const newWindows = () => windowModel(connection, 2).countDocuments();

  it('shows the old figures until the new ones are complete, through crashes of it and of the stages', async () => {
    await windowModel(connection, 1).updateMany({ unit: 'VN' }, { $set: { items: '[]' } });
    const reader = new RollupReader(connection, Date.now);
    const old = await seenBy(reader);
    const watcher = new Watcher(reader);
    const first = rebuilding();
    await eventually(newWindows, (count) => count > 0, 60_000);
    first.child.kill('SIGKILL');
    await first.ended;
    for (const service of ['rollup-check', 'rollup-province', 'projection']) kill(service);
    expect(watcher.seen).toEqual([old]);
    const second = rebuilding();
    expect(await second.ended).toBe(0);
    expect(second.said()).toMatch(/đã đọc [\d.]+ \/ [\d.]+ sự kiện/);
    await eventually(
      () => Promise.resolve(watcher.seen.length),
      (changes) => changes > 1,
    );
    await watcher.stop();
    expect(watcher.seen).toEqual([old, await seenBy(reader)]);
    expect(await reader.generation()).toBe(2);
  });

  it('ends in what a plain recomputation says', async () => {
    const expected = workload.reference.rollups();
    const found = await it_.rollups();
    const wrong = [...expected].filter(
      ([key, rollup]) => toExactJson(found.get(key)) !== toExactJson(JSON.parse(toExactJson(rollup))),
    );
    expect([wrong.slice(0, 3), found.size]).toEqual([[], expected.size]);
  });
});
