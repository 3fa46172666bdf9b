/**
 * The demonstration year: a seeded, plausible stream of events from every commune and province.
 *
 * The same options always give the same stream. Units join over the first months, so that a year stays near half a million
 * events although a unit that has joined reports everything its level reports; corrections, retractions, repeats, late
 * copies and rubbish are in it in the shares that demo-month.ts names. All of it is invented: no figure is anyone's.
 */
import { eventOf, type DemoEvent, type Draft } from './demo-event.js';
import { DemoMonth } from './demo-month.js';
import { demoUnits } from './demo-units.js';

/** An event, and when it reached the country's servers: milliseconds since the epoch. */
export type PublishedEvent = DemoEvent & { readonly receivedAt: number };

/** From the time that an event says to its receipt. */
const ON_THE_WAY_MS = 2_000;

export interface DemoOptions {
  readonly seed: number;
  /** First month index (period.ts), inclusive. */
  readonly firstMonth: number;
  readonly lastMonth: number;
  /** Milliseconds since the epoch; no event is dated after it. */
  readonly now: number;
  /** Over how many months the units join, province by province; 0: all are there from the first. */
  readonly joiningMonths?: number;
}

const JOINING_MONTHS = 9;

/** In the order in which they are published: by month, so that the country fills in month by month, shuffled within it. */
export function* demoYear(options: DemoOptions): Generator<PublishedEvent> {
  for (const drafts of demoMonths(options)) {
    for (const draft of drafts) {
      yield { ...eventOf(draft), receivedAt: Math.floor(Math.min(draft.time + ON_THE_WAY_MS, options.now)) };
    }
  }
}

/** How many events `demoYear` gives, in a fraction of the time. */
export const demoYearSize = (options: DemoOptions): number => {
  let size = 0;
  for (const drafts of demoMonths(options)) size += drafts.length;
  return size;
};

/** The events to be, month by month. */
export function* demoMonths(options: DemoOptions): Generator<readonly Draft[]> {
  const { seed, firstMonth, lastMonth, now, joiningMonths = JOINING_MONTHS } = options;
  const units = demoUnits(seed, firstMonth, joiningMonths);
  let carried: readonly Draft[] = [];
  for (let month = firstMonth; month <= lastMonth; month += 1) {
    const made = new DemoMonth(seed, month, now);
    for (const unit of units) made.report(unit);
    const finished = made.finish(carried, month === lastMonth);
    yield finished.drafts;
    carried = finished.carried;
  }
}
