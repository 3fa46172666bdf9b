/**
 * Whether the store says what the event log and the decisions say: every window, every unit's year, how far units have come, every refusal,
 * the accounts, and the provinces' windows as of earlier instants; and the province stage's state every cell's history.
 */
import { carriedDecision, decisionOf } from '#contracts';
import {
  checkEvent,
  isRefusal,
  provinces,
  reportingUnits,
  reportsSaidBy,
  rollupsFrom,
  toExactJson,
  unitOf,
  type Report,
  type Unit,
} from '#domain';
import { referenceAt, type Reference } from '../kit/reference.js';
import type { SimLog } from './log.js';
import type { SimDocument } from './collection.js';
import type { SimStore } from './store.js';
import { expectedAsOf, instantsOf, storedAsOf } from './as-of.js';
import { expectedSkylines, storedSkylines, type Skylines } from './skylines.js';
import { GENERATION, topics } from './worker.js';

/** What must stand in the store. */
export interface Expected {
  readonly events: number;
  /** `unit|window|indicator`, of provinces and the country. */
  readonly windows: ReadonlyMap<string, string>;
  /** `unit|month|indicator`: the numbers of a live cell. */
  readonly cells: ReadonlyMap<string, string>;
  readonly refusals: ReadonlySet<string>;
  /** Of the province stage's state. */
  readonly skylines: Skylines;
  /** `instant|unit|window|indicator`, of provinces. */
  readonly asOf: ReadonlyMap<string, string>;
  /** `province|month`: how far its units have come. */
  readonly reports: ReadonlyMap<string, string>;
}

export const expectedOf = (log: SimLog): Expected => {
  const reports: Report[] = [];
  const refusals = new Set<string>();
  let events = 0;
  log.partitions(topics.indicatorEvents).forEach((partition, at) => {
    for (const { key, value, offset, timestamp } of partition.fetch(0, Infinity).messages) {
      events += 1;
      const text = String(value);
      const outcome = checkEvent({ bytes: text.length, text, key: key?.toString(), receivedAt: Number(timestamp) });
      if (isRefusal(outcome)) {
        refusals.add(`${topics.indicatorEvents}|${at}|${offset}`);
        continue;
      }
      reports.push(...reportsSaidBy(outcome));
    }
  });
  const decisions = log.partitions(topics.decisions).flatMap((partition) =>
    partition.fetch(0, Infinity).messages.flatMap((message) => {
      const carried = carriedDecision(message.value, message);
      return (carried && decisionOf(carried)) ?? [];
    }),
  );
  const reference = referenceAt(undefined, reports, decisions);
  const rollups = reference.rollups(({ level }) => level !== 'commune');
  return {
    events,
    windows: new Map([...rollups].map(([key, rollup]) => [key, toExactJson(rollup)])),
    cells: liveCells(reference, reports),
    refusals,
    skylines: expectedSkylines(reports),
    asOf: expectedAsOf(reports, decisions),
    reports: expectedReports(reference),
  };
};

const liveCells = (reference: Reference, reports: readonly Report[]): Map<string, string> =>
  new Map(
    [...new Set(reports.map(({ unit }) => reportingUnits[unit]))].flatMap((unit) =>
      [...reference.liveCells(unit)].map(([cell, figure]) => [`${unit.code}|${cell}`, JSON.stringify(figure)] as const),
    ),
  );

const expectedReports = (reference: Reference): Map<string, string> =>
  new Map(
    provinces.flatMap(({ code }) =>
      [...reference.reports(code)].map(([month, ofMonth]) => [`${code}|${month}`, sorted(ofMonth)] as const),
    ),
  );

const sorted = (reports: Readonly<Record<string, unknown>>): string => JSON.stringify(Object.entries(reports).sort());

/** The first thing that is not as it must be; undefined when all is. */
export const differenceOf = (expected: Expected, store: SimStore, log: SimLog): string | undefined =>
  between('window', expected.windows, storedWindows(store)) ??
  between('cell', expected.cells, storedCells(store)) ??
  between('reports', expected.reports, storedReports(store)) ??
  between('as of', expected.asOf, storedAsOf(instantsOf(expected.asOf), store)) ??
  between('skyline', expected.skylines, storedSkylines(log)) ??
  between('refusal', toMap(expected.refusals), toMap(store.collection('rejections').keys())) ??
  accountsFault(expected.events, store);

const toMap = (keys: Iterable<string>): Map<string, string> => new Map([...keys].map((key) => [key, 'refused']));

const between = (what: string, expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>) => {
  for (const [key, value] of expected)
    if (found.get(key) !== value) return `${what} ${key}: expected ${value}, found ${found.get(key) ?? 'nothing'}`;
  for (const key of found.keys())
    if (!expected.has(key)) return `${what} ${key}: expected nothing, found ${found.get(key)}`;
  return undefined;
};

const all = (store: SimStore, name: string): SimDocument[] => [...store.collection(`${name}_g${GENERATION}`).values()];

const storedWindows = (store: SimStore): Map<string, string> =>
  new Map(
    all(store, 'window_rollups').flatMap(({ unit, window, items }) =>
      rollupsFrom(unitOf(String(unit)) as Unit, String(items)).map((rollup) => {
        return [`${String(unit)}|${String(window)}|${rollup.indicator}`, toExactJson(rollup)] as const;
      }),
    ),
  );

const storedReports = (store: SimStore): Map<string, string> =>
  new Map(
    all(store, 'window_rollups').flatMap(({ unit, window, reports }) => {
      const text = typeof reports === 'string' ? sorted(JSON.parse(reports) as Record<string, unknown>) : '[]';
      return text === '[]' ? [] : [[`${String(unit)}|${String(window)}`, text] as const];
    }),
  );

const storedCells = (store: SimStore): Map<string, string> => {
  const cells = new Map<string, string>();
  for (const { unit, year, months } of all(store, 'unit_years')) {
    for (const [month, { cells: text }] of Object.entries(months as Record<string, { cells: string }>)) {
      for (const [indicator, figure] of Object.entries(JSON.parse(text) as Record<string, unknown>))
        cells.set(`${String(unit)}|${String(year)}-${month}|${indicator}`, JSON.stringify(figure));
    }
  }
  return cells;
};

type Account = Readonly<Record<'read' | 'won' | 'superseded' | 'repeated' | 'refused', number>>;

/** Every event was read at least once, and what was read became exactly one thing. */
const accountsFault = (events: number, store: SimStore): string | undefined => {
  const sum = { read: 0, won: 0, superseded: 0, repeated: 0, refused: 0 };
  for (const { accounts } of all(store, 'accounts')) {
    for (const account of Object.values(accounts as Record<string, Account>))
      for (const name of Object.keys(sum) as (keyof Account)[]) sum[name] += account[name];
  }
  const became = sum.won + sum.superseded + sum.repeated + sum.refused;
  return sum.read === became && sum.read >= events ? undefined : `accounts ${JSON.stringify(sum)} of ${events} events`;
};
