/**
 * The words of units' months that were read before, kept as long as MongoDB has the same version of the unit's year.
 *
 * Whoever turns a page to an instant asks for the same words again and again, each time as of another instant or for another window. To read them from
 * their bytes takes most of such an answer, and none of that again where nothing was written since. Like figures (kept-documents.ts), nothing is kept
 * for longer than five seconds, and memory is bounded by the number of words.
 */
import type { Connection } from 'mongoose';
import type { Report } from '#domain';
import { keptUntil, versionsOf } from './kept-documents.js';
import { monthOverflows, wordsOfMonth } from './month-words.js';
import { known, unitHistoryModel, type UnitHistoryDocument } from './schemas.js';
import { unavailable } from './unavailable.js';

/** Some 250 bytes each: those of ten provinces' years. */
const MOST_WORDS = 200_000;

/** By month's code (`2026-03`); undefined: the unit has never reported of it. */
export type WordsByMonth = ReadonlyMap<string, readonly Report[] | undefined>;

interface KeptYear {
  readonly generation: number;
  readonly version: number;
  readonly until: number;
  readonly months: Map<string, readonly Report[] | undefined>;
}

export class KeptWords {
  /** By id, those that were asked for the longest first. */
  private readonly years = new Map<string, KeptYear>();
  private words = 0;

  constructor(
    private readonly connection: Connection,
    private readonly now: () => number,
    private readonly most = MOST_WORDS,
  ) {}

  /**
   * Of the years that there are, by id in the order asked for. Throws `StoreUnavailable`.
   *
   * @param ids unit|year, all of one year
   * @param months of that year, `2026-03`
   */
  async read(
    generation: number,
    ids: readonly string[],
    months: readonly string[],
  ): Promise<ReadonlyMap<string, WordsByMonth>> {
    const held = ids.filter((id) => this.isHeld(id, generation, months));
    const found = new Map<string, WordsByMonth>();
    if (held.length > 0) {
      for (const { _id, version } of await versionsOf(unitHistoryModel(this.connection, generation), held)) {
        const year = this.years.get(_id);
        if (year?.version !== version || !this.isHeld(_id, generation, months)) continue;
        // The latest asked for stands last.
        this.years.delete(_id);
        this.years.set(_id, year);
        found.set(_id, year.months);
      }
    }
    const others = ids.filter((id) => !found.has(id));
    if (others.length > 0) await this.find(generation, others, months, found);
    return new Map(ids.flatMap((id) => (found.has(id) ? [[id, found.get(id) as WordsByMonth]] : [])));
  }

  private isHeld(id: string, generation: number, months: readonly string[]): boolean {
    const year = this.years.get(id);
    if (year?.generation !== generation || this.now() >= year.until) return false;
    return months.every((month) => year.months.has(month));
  }

  private async find(
    generation: number,
    ids: readonly string[],
    months: readonly string[],
    found: Map<string, WordsByMonth>,
  ): Promise<void> {
    const now = this.now();
    const wanted = Object.fromEntries(months.map((month) => [`months.${month.slice(5)}`, 1]));
    const documents = await unitHistoryModel(this.connection, generation)
      .find({ _id: { $in: ids } }, { v: 1, unit: 1, version: 1, ...wanted })
      .lean<UnitHistoryDocument[]>()
      .exec()
      .catch(unavailable);
    const overflows = await monthOverflows(this.connection, generation, documents.map(known));
    for (const [n, document] of documents.entries()) {
      const { _id, version } = document;
      const words = months.map((month) => [month, wordsOfMonth(document, month, generation, overflows)] as const);
      const kept = this.years.get(_id);
      const isSame = kept?.generation === generation && kept.version === version && this.now() < kept.until;
      const read = new Map([...(isSame ? kept.months : []), ...words]);
      found.set(_id, read);
      this.keep(_id, {
        generation,
        version,
        until: isSame ? kept.until : keptUntil(now, n, documents.length),
        months: read,
      });
    }
  }

  private keep(id: string, year: KeptYear): void {
    this.forget(id);
    this.years.set(id, year);
    this.words += countOf(year);
    for (const oldest of this.years.keys()) {
      if (this.words <= this.most) return;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    const year = this.years.get(id);
    if (year === undefined) return;
    this.years.delete(id);
    this.words -= countOf(year);
  }
}

const countOf = ({ months }: KeptYear): number => {
  let words = 0;
  for (const month of months.values()) words += month?.length ?? 0;
  return words;
};
