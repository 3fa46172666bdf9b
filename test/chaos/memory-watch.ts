/** How much memory each process has taken at most, asked for twice a second (`ps`, resident bytes). */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitedLater } from '#promises';

const run = promisify(execFile);
const EVERY_MS = 500;
const KIB = 1_024;

export class MemoryWatch {
  /** By name, bytes. */
  readonly peaks = new Map<string, number>();
  private isOn = true;
  private readonly loop: Promise<void>;

  constructor(private readonly pids: () => Promise<ReadonlyMap<string, number | undefined>>) {
    this.loop = awaitedLater(this.keepLooking());
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.loop;
  }

  private async keepLooking(): Promise<void> {
    while (this.isOn) {
      await this.look().catch(() => undefined);
      await sleep(EVERY_MS);
    }
  }

  private async look(): Promise<void> {
    const pids = await this.pids();
    const names = new Map([...pids].flatMap(([name, pid]) => (pid === undefined ? [] : [[pid, name] as const])));
    const { stdout } = await run('ps', ['-o', 'pid=,rss=', '-p', [...names.keys()].join()]);
    for (const line of stdout.trim().split('\n')) {
      const [pid, kib] = line.trim().split(/\s+/).map(Number);
      const name = names.get(pid);
      if (name !== undefined) this.peaks.set(name, Math.max(this.peaks.get(name) ?? 0, kib * KIB));
    }
  }
}
