/**
 * The year before, for targets that ask for growth: held for the few provinces whose plan has one, and kept current by the topic.
 *
 * Read from MongoDB once, at the start and for a new generation; no change of a figure asks for it.
 */
import { FIRST_YEAR, plans, YEARS, type Rollup, type Unit } from '#domain';
import { type RollupReader, versionOf } from '#store';

interface Year {
  readonly version: number;
  readonly items: readonly Rollup[];
}

const growing = plans
  .filter(({ targets }) => Object.values(targets).some(({ trend }) => trend !== undefined))
  .map(({ unit }) => unit);
const years = Array.from({ length: YEARS }, (_, n) => String(FIRST_YEAR + n));

export type YearSource = Pick<RollupReader, 'windows'>;

export class YearsBefore {
  private readonly held = new Map<string, Year>();
  private generation = 0;

  constructor(private readonly reader: YearSource) {}

  /** Reads what MongoDB has of a generation; of another nothing stays. */
  async load(generation: number): Promise<void> {
    const read = await this.reader.windows(growing, years);
    if (generation !== this.generation) this.held.clear();
    this.generation = generation;
    for (const { unit, window, version, items } of read) this.put(unit, window, { version, items });
  }

  /** Whether a window is one of those that are held. */
  isWanted(unit: string, window: string): boolean {
    return growing.includes(unit) && years.includes(window);
  }

  take(unit: string, window: string, { g, offset }: { g: number; offset: number }, items: readonly Rollup[]): void {
    if (g >= this.generation && this.isWanted(unit, window))
      this.put(unit, window, { version: versionOf(g, String(offset)), items });
  }

  /** The rollups of the whole year before `year`. */
  of(unit: Unit, year: number): readonly Rollup[] {
    return this.held.get(`${unit.code}|${year - 1}`)?.items ?? [];
  }

  private put(unit: string, window: string, year: Year): void {
    const key = `${unit}|${window}`;
    if ((this.held.get(key)?.version ?? -1) < year.version) this.held.set(key, year);
  }
}
