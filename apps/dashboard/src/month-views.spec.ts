import { monthIndex, unitOf, type Unit } from '#domain';
import type { HistoryReader } from '#store';
import { CutOffOpen, type CutOffs } from '#stream';
import { MonthViews } from './month-views.js';

const commune = unitOf('00004') as Unit;
const march = monthIndex('2026-03') as number;
const nobody = { decisions: () => Promise.resolve(new Map()), months: () => Promise.resolve([]) };

/** Cut-offs of a pipeline that is so many milliseconds behind. */
class Behind {
  instant = Date.UTC(2026, 3, 1);
  readonly asked: number[] = [];
  /** Answers those who wait longer than the pipeline is behind. */
  private late: (() => void)[] = [];

  constructor(private lagMs: number) {}

  newest = (): number => (this.instant += 1_000);

  close = (at: number, withinMs: number): Promise<number> => {
    this.asked.push(withinMs);
    const open = new CutOffOpen('open', { at });
    if (withinMs >= this.lagMs) return new Promise((resolve) => this.late.push(() => resolve(1)));
    return Promise.reject(open);
  };

  /** Time goes by: what may close has closed. */
  catchUp = async (): Promise<void> => {
    this.late.splice(0).forEach((closed) => closed());
    await new Promise<void>((resolve) => setImmediate(resolve));
  };
}

const viewsOf = (behind: Behind) => new MonthViews(nobody as unknown as HistoryReader, behind as unknown as CutOffs);

describe('a look at a month while the pipeline is behind', () => {
  it('is told to come again where no cut-off has closed yet, and finds the one that it asked for then', async () => {
    const behind = new Behind(5_000);
    const views = viewsOf(behind);
    await expect(views.view(commune, march)).rejects.toBeInstanceOf(CutOffOpen);
    const first = new Date(behind.instant).toISOString();
    await expect(views.view(commune, march)).rejects.toBeInstanceOf(CutOffOpen);
    expect(behind.asked).toEqual([2_000, 60_000, 2_000]);
    await behind.catchUp();
    expect((await views.view(commune, march)).cutOff).toBe(first);
  });

  it('begins another where the one before is still open when its time is up', async () => {
    const behind = new Behind(90_000);
    const views = viewsOf(behind);
    for (let n = 0; n < 2; n += 1) {
      await expect(views.view(commune, march)).rejects.toBeInstanceOf(CutOffOpen);
      await behind.catchUp();
    }
    expect(behind.asked).toEqual([2_000, 60_000, 2_000, 60_000]);
  });
});
