/**
 * When MongoDB holds every window of every province and of the country as it must be, and no other: what stops the clock of a drain,
 * the pipeline's and its peer's alike.
 *
 * MongoDB is asked for the country's year, which is among the last, by its id, so that looking takes little from what is looked at; once
 * that is right, for all of them until all are. The time that counts is when it was asked for what was right.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY, indicators, toExactJson, type Rollup, type Unit } from '#domain';
import type { Connection } from '#store';
import type { Reference } from '../test/kit/reference.js';

type Collection = ReturnType<Connection['collection']>;

/** A window as it is stored: what else stands in it does not matter here. */
export interface StoredWindow {
  readonly unit?: string;
  readonly items: string;
}

const POLL_MS = 50;
const YEAR_OF_THE_COUNTRY = new RegExp(`^${COUNTRY}\\|\\d{4}$`);
/** A window in which nothing is reported any more. */
const NOTHING = '[]';

export class ExactWindows {
  private readonly expected: ReadonlyMap<string, string>;
  private readonly yearOfTheCountry: string;
  /** What was stored of a window when it was found right. */
  private readonly right = new Map<string, string>();
  private differing: string | undefined = 'nothing was looked at yet';

  /** @param textOf a window's rollups as JSON, in the order of the catalogue */
  constructor(
    private readonly collection: Collection,
    reference: Reference,
    private readonly textOf: (stored: StoredWindow) => string,
  ) {
    this.expected = expectedWindows(reference);
    this.yearOfTheCountry = [...this.expected.keys()].find((key) => YEAR_OF_THE_COUNTRY.test(key)) as string;
  }

  /** Resolves with the time, in milliseconds since the epoch. */
  async exact(): Promise<number> {
    for (;;) {
      const askedAt = Date.now();
      if ((await this.isExact(this.yearOfTheCountry)) && (await this.areExact())) return askedAt;
      await sleep(POLL_MS);
    }
  }

  /** How far it is, in words. */
  state(): string {
    return this.differing ?? 'every window is exact';
  }

  private async isExact(key: string): Promise<boolean> {
    const document = await this.collection.findOne({ _id: key as never });
    return document !== null && this.textOf(document as unknown as StoredWindow) === this.expected.get(key);
  }

  private async areExact(): Promise<boolean> {
    const stored = new Map<string, string>();
    for await (const document of this.collection.find()) {
      const text = this.readOnce(String(document._id), document as unknown as StoredWindow);
      if (text !== NOTHING) stored.set(String(document._id), text);
    }
    this.differing = differenceOf(stored, this.expected, 'windows');
    return this.differing === undefined;
  }

  /** The text of a window; one that is stored as it was when it was right is not read again. */
  private readOnce(key: string, stored: StoredWindow): string {
    const expected = this.expected.get(key);
    if (expected !== undefined && this.right.get(key) === stored.items) return expected;
    const text = this.textOf(stored);
    if (text === expected) this.right.set(key, stored.items);
    return text;
  }
}

/** In words; undefined where there is none. */
export const differenceOf = (
  stored: ReadonlyMap<string, string>,
  expected: ReadonlyMap<string, string>,
  what: string,
): string | undefined => {
  const wrong = [...expected].filter(([key, text]) => stored.get(key) !== text).map(([key]) => key);
  const surplus = [...stored.keys()].filter((key) => !expected.has(key));
  if (wrong.length + surplus.length === 0) return undefined;
  const some = [...wrong, ...surplus].slice(0, 3).join(', ');
  return `${wrong.length} of ${expected.size} ${what} are not exact, ${surplus.length} too many (${some})`;
};

/** Every window of the provinces and the country, by `unit|window`. */
const expectedWindows = (reference: Reference): Map<string, string> => {
  const windows = rollupsByWindow(reference, ({ level }) => level !== 'commune');
  return new Map([...windows].map(([key, rollups]) => [key, toExactJson(rollups)]));
};

/** The rollups of some units by `unit|window`, in the order of the catalogue. */
export const rollupsByWindow = (reference: Reference, of: (unit: Unit) => boolean): Map<string, Rollup[]> => {
  const windows = new Map<string, Map<string, Rollup>>();
  for (const [key, rollup] of reference.rollups(of)) {
    const window = key.slice(0, key.lastIndexOf('|'));
    windows.set(window, (windows.get(window) ?? new Map<string, Rollup>()).set(rollup.indicator, rollup));
  }
  const inOrder = (rollups: ReadonlyMap<string, Rollup>) => indicators.flatMap(({ code }) => rollups.get(code) ?? []);
  return new Map([...windows].map(([key, rollups]) => [key, inOrder(rollups)]));
};

const MONTH = /\|\d{4}-\d{2}$/;

/** Those of months only. */
export const rollupsByMonth = (reference: Reference, of: (unit: Unit) => boolean): [string, Rollup[]][] =>
  [...rollupsByWindow(reference, of)].filter(([key]) => MONTH.test(key));

/** Months as a peer writes them: an object of its figures by indicator, as JSON. */
export const monthTexts = (
  months: readonly (readonly [string, readonly Rollup[]])[],
  figureOf: (rollup: Rollup) => unknown,
): Map<string, string> => {
  const figures = (rollups: readonly Rollup[]) =>
    rollups.map((rollup) => [rollup.indicator, figureOf(rollup)] as const);
  return new Map(months.map(([key, rollups]) => [key, toExactJson(Object.fromEntries(figures(rollups)))]));
};
