/** Events of what was typed: one for each cell, or the one that nothing arose; and which revision each follows. Pure. */
import type { z } from 'zod';
import type { enterReportSchema } from '#contracts';
import {
  ANY_KEY,
  checkEvent,
  indicatorIndex,
  indicators,
  isRefusal,
  NOTHING_AROSE,
  quietIndicators,
  REPORTED,
  RETRACTED,
  type Report,
} from '#domain';

export type Entry = z.infer<typeof enterReportSchema>;
export type Revisions = Readonly<Record<string, number>>;

/** Whose month, and what the events go by. */
export interface EntryPlace {
  readonly unit: string;
  readonly level: 'commune' | 'province';
  readonly period: string;
  readonly id: string;
  /** ISO 8601. */
  readonly time: string;
}

/** An event, and the cells that it is of. */
export interface EntryEvent {
  readonly cells: readonly string[];
  readonly event: Readonly<Record<string, unknown>> & { readonly id: string };
}

export interface EntryFault {
  /** Null: of the month. */
  readonly indicator: string | null;
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

/** The cells that an entry speaks of, each with the revision that was seen of it. */
export const seenOf = (entry: Entry, level: EntryPlace['level']): ReadonlyMap<string, number> => {
  const seen = new Map(entry.cells.map((cell) => [cell.indicator, cell.seen]));
  if (!('nothingArose' in entry)) return seen;
  return new Map(quietIndicators(level).map((code) => [code, seen.get(code) ?? 0]));
};

/** The greatest revision that was ever said of each cell, by the words of a unit's month. */
export const revisionsOf = (words: readonly Report[]): Revisions => {
  const revisions: Record<string, number> = {};
  for (const { indicator, revision } of words) {
    const { code } = indicators[indicator];
    revisions[code] = Math.max(revisions[code] ?? 0, revision);
  }
  return revisions;
};

/** The greater of two, cell by cell. */
export const greatest = (one: Revisions, other: Revisions): Revisions => {
  const both = { ...one };
  for (const [code, revision] of Object.entries(other)) both[code] = Math.max(both[code] ?? 0, revision);
  return both;
};

/** What is said next of each cell of an entry. That nothing arose is one event, so all of its cells have the same. */
export const nextRevisions = (entry: Entry, cells: Iterable<string>, before: Revisions): Revisions => {
  const next = [...cells].map((code) => [code, (before[code] ?? 0) + 1] as const);
  const most = Math.max(0, ...next.map(([, revision]) => revision));
  return Object.fromEntries('nothingArose' in entry ? next.map(([code]) => [code, most]) : next);
};

export const eventsOf = (entry: Entry, place: EntryPlace, revisions: Revisions): readonly EntryEvent[] => {
  const { unit, period, id, time } = place;
  const envelope = { specversion: '1.0', source: `/units/${unit}`, time, datacontenttype: 'application/json' };
  if ('nothingArose' in entry) {
    const cells = quietIndicators(place.level);
    const data = { unit, period, revision: revisions[cells[0]] };
    return [{ cells, event: { ...envelope, id, type: NOTHING_AROSE, data } }];
  }
  return entry.cells.map(({ indicator, figure }) => {
    const data = { unit, indicator, period, revision: revisions[indicator], ...figure };
    const type = figure === null ? RETRACTED : REPORTED;
    return { cells: [indicator], event: { ...envelope, id: `${id}.${indicator}`, type, data } };
  });
};

/** What is wrong with events, by the check that every event meets. Nothing is what is hoped for. */
export const faultsOf = (events: readonly EntryEvent[], now: number): readonly EntryFault[] =>
  events.flatMap(({ cells, event }) => {
    const text = JSON.stringify(event);
    const outcome = checkEvent({ bytes: Buffer.byteLength(text), text, key: ANY_KEY, receivedAt: now });
    if (!isRefusal(outcome)) return [];
    const { code, pointer, detail } = outcome;
    return [{ indicator: indicatorOf(cells), code, pointer, detail }];
  });

/** Of an event of one cell its indicator. */
export const indicatorOf = (cells: readonly string[]): string | null =>
  cells.length === 1 && indicatorIndex(cells[0]) !== undefined ? cells[0] : null;
