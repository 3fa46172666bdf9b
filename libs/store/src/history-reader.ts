/**
 * Reads what was ever known: the words of units' months and what was decided, and from them the figures as of an instant.
 *
 * A month that is read is made of words and decisions alone, so an answer about an instant whose cut-off is closed never changes. Provinces are
 * read one after the other: the country's years never stand in memory at once.
 */
import type { Connection } from 'mongoose';
import { decodeDecided } from '#contracts';
import {
  COUNTRY,
  FiguresAsOf,
  lastWords,
  MonthDecisions,
  monthCode,
  monthsOfWindow,
  NationalState,
  ProvinceAsOf,
  provinceOf,
  provinces,
  reportersOf,
  reportingUnitIndex,
  rollupsFrom,
  tuplesFrom,
  unitRollups,
  windowCode,
  windowYear,
  type Decision,
  type MonthCells,
  type MonthWords,
  type ProvinceWindow,
  type Report,
  type Rollup,
  type Unit,
  indicators,
  wordsUntil,
} from '#domain';
import { KeptWords } from './kept-words.js';
import { RecentAnswers } from './recent-answers.js';
import type { RollupReader } from './rollup-reader.js';
import { decidedMonthModel, known, type DecidedMonthDocument } from './schemas.js';
import { unavailable } from './unavailable.js';

/** A window of a province each, some ten kilobytes of text at most. */
const MOST_RECENT = 1_024;

export class HistoryReader {
  private readonly recent = new RecentAnswers<string | undefined>(MOST_RECENT);

  private readonly words: KeptWords;

  constructor(
    private readonly connection: Connection,
    private readonly reader: RollupReader,
    now: () => number = Date.now,
  ) {
    this.words = new KeptWords(connection, now);
  }

  /** What was decided of months of a province, by month's code; one of which nothing was is not there. */
  async decisions(province: string, months: readonly number[]): Promise<ReadonlyMap<string, MonthDecisions>> {
    const generation = await this.reader.generation();
    const found = await decidedMonthModel(this.connection, generation)
      .find({ province, month: { $in: months.map(monthCode) } })
      .lean<DecidedMonthDocument[]>()
      .exec()
      .catch(unavailable);
    const byMonth = new Map<string, Decision[]>();
    for (const { month, record } of found.map(known)) {
      const { decisions = [] } = decodeDecided(Buffer.from(record), generation) ?? {};
      byMonth.set(month, [...(byMonth.get(month) ?? []), ...decisions]);
    }
    return new Map(Array.from(byMonth, ([month, decisions]) => [month, MonthDecisions.of(decisions)]));
  }

  /** The words of every month of a window that some units of one province reported. */
  async months(units: readonly Unit[], window: number): Promise<MonthWords[]> {
    if (units.length === 0) return [];
    const generation = await this.reader.generation();
    const months = monthsOfWindow(window);
    const year = windowYear(window);
    const codes = months.map(monthCode);
    const byUnit = new Map(units.map(({ code }) => [`${code}|${year}`, reportingUnitIndex(code) as number]));
    const [decisions, found] = await Promise.all([
      this.decisions(provinceOf(units[0]), months),
      this.words.read(generation, [...byUnit.keys()], codes),
    ]);
    return Array.from(found).flatMap(([id, words]) =>
      months.flatMap((month, n) => {
        const ofMonth = words.get(codes[n]);
        if (ofMonth === undefined) return [];
        const unit = byUnit.get(id) as number;
        return [{ unit, month, words: ofMonth, decisions: decisions.get(codes[n]) ?? MonthDecisions.none }];
      }),
    );
  }

  /** A province's windows as of an instant: all that its months of `window` are part of. */
  async provinceAsOf(province: Unit, window: number, at: number): Promise<readonly ProvinceWindow[]> {
    const asOf = new ProvinceAsOf(at);
    for (const { words, decisions } of await this.months(reportersOf(province), window)) asOf.take(words, decisions);
    const state = asOf.end();
    return state.allWindows((each) => each);
  }

  private itemsAsOf(province: Unit, window: number, at: number): Promise<string | undefined> {
    return this.recent.get(`${province.code}|${window}|${at}`, () => this.findItemsAsOf(province, window, at));
  }

  private async findItemsAsOf(province: Unit, window: number, at: number): Promise<string | undefined> {
    const figures = new FiguresAsOf(at);
    for (const { words, decisions } of await this.months(reportersOf(province), window)) figures.take(words, decisions);
    return figures.itemsOf(province, window);
  }

  /** A unit's rollups of a window as of an instant whose cut-off is closed, in milliseconds since the epoch. Throws `StoreUnavailable`. */
  async rollupsAsOf(unit: Unit, window: number, at: number): Promise<readonly Rollup[]> {
    if (unit.level === 'commune') return (await this.communesAsOf([unit], window, at)).get(unit.code) ?? [];
    const code = windowCode(window);
    if (unit.code !== COUNTRY) return rollupsFrom(unit, (await this.itemsAsOf(unit, window, at)) ?? '[]');
    const country = new NationalState();
    for (const province of provinces) {
      const items = await this.itemsAsOf(province, window, at);
      if (items !== undefined) country.put(province.code, code, tuplesFrom(items));
    }
    return rollupsFrom(unit, country.takeChanges()[0]?.items ?? '[]');
  }

  /** Of communes of one province, by code. */
  async communesAsOf(
    units: readonly Unit[],
    window: number,
    at: number,
  ): Promise<ReadonlyMap<string, readonly Rollup[]>> {
    const months = new Map<number, Map<string, MonthCells>>();
    for (const { unit, month, words, decisions } of await this.months(units, window)) {
      const ofUnit = months.get(unit) ?? new Map<string, MonthCells>();
      months.set(unit, ofUnit.set(monthCode(month), cellsOf(wordsUntil(words, decisions, at))));
    }
    return new Map(
      units.map((unit) => {
        const ofUnit = months.get(reportingUnitIndex(unit.code) as number);
        return [unit.code, ofUnit === undefined ? [] : unitRollups(unit, window, (month) => ofUnit.get(month))];
      }),
    );
  }

  /** The words of every month below a unit, for its history: a commune's, a province's or the country's. */
  async monthsBelow(unit: Unit, window: number): Promise<readonly MonthWords[]> {
    if (unit.code !== COUNTRY) return this.months(reportersOf(unit), window);
    const months: MonthWords[] = [];
    for (const province of provinces) months.push(...(await this.months(reportersOf(province), window)));
    return months;
  }
}

/** The live cells that some words leave. */
const cellsOf = (words: readonly Report[]): MonthCells =>
  Object.fromEntries(
    Array.from(lastWords(words)).flatMap(({ indicator, figure }) =>
      figure === null ? [] : [[indicators[indicator].code, figure] as const],
    ),
  );
