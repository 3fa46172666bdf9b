/**
 * What communes have reported of a month, as far as it was received: never less.
 *
 * While the pipeline is behind, what a commune sent an hour ago may be missing in MongoDB, and thousands would be reminded of what they have done.
 * So nothing is said before everything that had been received at a moment has been taken in, by the generation that readers see.
 */
import { COUNTRY, monthCode, unitOf, windowIndex, type Unit, type UnitReports } from '#domain';
import type { PipelineProgress } from '#stream';
import type { RollupReader } from '#store';

export type ReportsOf = (province: string, month: number) => UnitReports | undefined;

/** What was received longer ago counts. */
const FRESH_MS = 10_000;
/** So long the pipeline may take for what is on its way. */
const TAKEN_IN_MS = 5_000;

export class Standing {
  private freshAt = -Infinity;
  private freshGeneration = 0;

  constructor(
    private readonly progress: Pick<PipelineProgress, 'ends' | 'takenIn'>,
    private readonly reader: Pick<RollupReader, 'generation' | 'reports' | 'communeRollups'>,
    private readonly now: () => number,
  ) {}

  /** Undefined while the pipeline is behind. @param unit whose reports are asked for, with those under it. Throws where Kafka or MongoDB is away */
  async reports(month: number, unit: Unit = unitOf(COUNTRY) as Unit): Promise<ReportsOf | undefined> {
    if (!(await this.isFresh())) return undefined;
    return this.reader.reports(unit, windowIndex(monthCode(month)) as number);
  }

  /** Codes of the indicators that a commune has reported of a month. */
  async reported(unit: Unit, month: number): Promise<ReadonlySet<string>> {
    const rollups = await this.reader.communeRollups([unit], windowIndex(monthCode(month)) as number);
    return new Set((rollups.get(unit.code) ?? []).map(({ indicator }) => indicator));
  }

  private async isFresh(): Promise<boolean> {
    const at = this.now();
    const seen = await this.reader.generation();
    if (at - this.freshAt < FRESH_MS && seen === this.freshGeneration) return true;
    const generation = await this.progress.takenIn(await this.progress.ends(), TAKEN_IN_MS);
    if (generation === undefined || generation !== seen) return false;
    this.freshAt = at;
    this.freshGeneration = generation;
    return true;
  }
}
