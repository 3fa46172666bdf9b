/**
 * The demonstration year: a seeded, plausible stream of events from every commune and province.
 *
 * The same options always give the same stream. Units join over the first months, so that a year stays near half a million
 * events although a unit that has joined reports everything its level reports; corrections, retractions, repeats, late
 * copies and rubbish are in it in the shares that demo-month.ts names. All of it is invented: no figure is anyone's.
 */
import { indicators } from '#domain';
import { eventOf, type DemoEvent, type Draft } from './demo-event.js';
import { DemoMonth } from './demo-month.js';
import { demoUnits, type DemoUnit } from './demo-units.js';

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
  /** Whether the year before the first month comes first, as much of it as comparisons need. */
  readonly hasYearBefore?: boolean;
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
  const { seed, firstMonth, lastMonth, now, joiningMonths = JOINING_MONTHS, hasYearBefore = false } = options;
  const units = demoUnits(seed, firstMonth, joiningMonths);
  if (hasYearBefore) yield* yearBefore(options, units);
  let carried: readonly Draft[] = [];
  for (let month = firstMonth; month <= lastMonth; month += 1) {
    const made = new DemoMonth(seed, month, now);
    for (const unit of units) made.report(unit);
    const finished = made.finish(carried, month === lastMonth);
    yield finished.drafts;
    carried = finished.carried;
  }
}

/** Ends of quarters, counted from the first month of a year. */
const QUARTER_ENDS = [2, 5, 8, 11];
/** What units reached by then, in parts of what they reach a year later. */
const REACHED_BEFORE = 0.9;

/** What everybody had counted before there was a system: the indicators that plans set targets for, at the ends of quarters. */
function* yearBefore({ seed, firstMonth, now }: DemoOptions, units: readonly DemoUnit[]): Generator<readonly Draft[]> {
  const scaled = ({ reach }: DemoUnit) =>
    Object.fromEntries(Object.entries(reach).map(([letter, share]) => [letter, share * REACHED_BEFORE]));
  for (const end of QUARTER_ENDS) {
    const made = new DemoMonth(seed, firstMonth - 12 + end, now, (index) => indicators[index].group === 'target');
    for (const unit of units)
      made.report({ ...unit, habit: 'diligent', joined: 0, reach: scaled(unit) as DemoUnit['reach'] });
    yield made.finish([], true).drafts;
  }
}
