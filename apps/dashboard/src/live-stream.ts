/**
 * The live stream: what the rollup topics say, to everyone who watches a unit, as server-sent events.
 *
 * Every dashboard process reads all of the topics from now on, in a group of its own. A watcher that reads too slowly is let go
 * instead of kept in memory: its browser connects again and reads the figures anew.
 */
import { Injectable } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { decodeCommuneRollup, type WindowRollups } from '#contracts';
import {
  COUNTRY,
  completenessOf,
  monthIndex,
  toExactJson,
  unitOf,
  unitRollups,
  windowCode,
  windowIndex,
  windowsOfMonth,
  WINDOWS_PER_YEAR,
  type MonthCells,
  type Rollup,
  type Unit,
} from '#domain';
import { RollupReader, storedCells } from '#store';
import { RollupView } from './rollup-view.js';

const MAX_BUFFERED_BYTES = 4_194_304;

interface Watcher {
  readonly response: ServerResponse;
  /** Also gets the rollups of the provinces, and how far their reports have come. */
  readonly children: boolean;
}

@Injectable()
export class LiveStream {
  private readonly watchers = new Map<string, Set<Watcher>>();
  private readonly communes = new Map<string, Promise<Map<string, MonthCells>>>();

  constructor(
    private readonly reader: RollupReader,
    private readonly view: RollupView,
  ) {}

  /** Adds a watcher of a unit; it leaves when its connection closes. */
  watch(unit: Unit, response: ServerResponse, children: boolean): void {
    const watchers = this.watchers.get(unit.code) ?? new Set();
    this.watchers.set(unit.code, watchers);
    const watcher = { response, children };
    watchers.add(watcher);
    if (unit.level === 'commune' && !this.communes.has(unit.code)) this.communes.set(unit.code, this.monthsOf(unit));
    response.on('close', () => {
      watchers.delete(watcher);
      if (watchers.size > 0) return;
      this.watchers.delete(unit.code);
      this.communes.delete(unit.code);
    });
  }

  isWatched(unit: string): boolean {
    return this.watchers.has(unit);
  }

  get isWatchedByParents(): boolean {
    return [...(this.watchers.get(COUNTRY) ?? [])].some(({ children }) => children);
  }

  /** A province's or the country's window as its stage published it. */
  async onWindow(record: WindowRollups, at: string): Promise<void> {
    const unit = unitOf(record.unit);
    const window = windowIndex(record.window);
    if (unit === undefined || window === undefined || record.g !== (await this.reader.generation())) return;
    const isProvince = unit.level === 'province';
    if (this.isWatched(unit.code) || (isProvince && this.isWatchedByParents)) {
      await this.sendRollups(
        unit,
        window,
        record.items.filter(({ indicator }) => record.changed.includes(indicator)),
        at,
      );
      this.sendGone(unit, record, at);
    }
    if (isProvince && record.reports !== undefined) this.sendReports(unit, window, record);
  }

  /** A unit's month: its windows are made from the year that is known of it, with this month put in. */
  async onUnitMonth(text: string, at: string): Promise<void> {
    const rollup = decodeCommuneRollup(text);
    if (rollup === undefined) return;
    const { g, unit: code, month, figures } = rollup;
    const unit = unitOf(code);
    const index = monthIndex(month);
    const months = await this.communes.get(code);
    if (unit === undefined || index === undefined || months === undefined || g !== (await this.reader.generation()))
      return;
    const changed = changedCells(months.get(month) ?? {}, figures);
    months.set(month, figures);
    for (const place of windowsOfMonth[index % 12]) {
      const window = Math.floor(index / 12) * WINDOWS_PER_YEAR + place;
      const items = unitRollups(unit, window, (each) => months.get(each));
      const live = items.filter(({ indicator }) => changed.has(indicator));
      await this.sendRollups(unit, window, live, at);
      this.sendGone(unit, { window: windowCode(window), changed: [...changed], items }, at);
    }
  }

  private async monthsOf(unit: Unit): Promise<Map<string, MonthCells>> {
    const months = new Map<string, MonthCells>();
    for (const year of await this.reader.unitYears(unit.code)) {
      for (const [month, stored] of Object.entries(year.months))
        months.set(`${year.year}-${month}`, storedCells(stored));
    }
    return months;
  }

  private async sendRollups(unit: Unit, window: number, rollups: readonly Rollup[], at: string): Promise<void> {
    if (rollups.length === 0) return;
    const stored = rollups.map((rollup) => ({ ...rollup, updatedAt: at }));
    for (const item of await this.view.withTargets(unit, window, stored)) {
      this.send(unit, 'rollup', { unit: unit.code, window: windowCode(window), ...item });
    }
  }

  /** A rollup of which nothing live is left is sent with a figure of null. */
  private sendGone(
    unit: Unit,
    { window, changed, items }: Pick<WindowRollups, 'window' | 'changed' | 'items'>,
    at: string,
  ): void {
    for (const indicator of changed) {
      if (items.some((item) => item.indicator === indicator)) continue;
      this.send(unit, 'rollup', { unit: unit.code, window, indicator, percent: null, reporting: null, updatedAt: at });
    }
  }

  private sendReports(unit: Unit, window: number, { reports }: WindowRollups): void {
    const watchers = this.parentsOf(unit);
    if (watchers.length === 0) return;
    const { expected, reported, complete } = completenessOf(unit, window, () => reports, Infinity);
    const event = { unit: unit.code, window: windowCode(window), expected, reported, complete };
    for (const watcher of watchers) write(watcher, 'reports', event);
  }

  /** Those who watch the country with its provinces. */
  private parentsOf(unit: Unit): Watcher[] {
    if (unit.level !== 'province') return [];
    return [...(this.watchers.get(COUNTRY) ?? [])].filter(({ children }) => children);
  }

  private send(unit: Unit, name: string, data: unknown): void {
    for (const watcher of [...(this.watchers.get(unit.code) ?? []), ...this.parentsOf(unit)])
      write(watcher, name, data);
  }
}

const write = ({ response }: Watcher, name: string, data: unknown): void => {
  if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
  else response.write(`event: ${name}\ndata: ${toExactJson(data)}\n\n`);
};

const changedCells = (before: MonthCells, after: MonthCells): ReadonlySet<string> =>
  new Set(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (indicator) => JSON.stringify(before[indicator]) !== JSON.stringify(after[indicator]),
    ),
  );
