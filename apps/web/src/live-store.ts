/**
 * The stream's events on their way to the page.
 *
 * Thousands of events a second may arrive; of each figure only the newest matters. Events are gathered and written to the queries' cache once
 * a frame, in one go, so a burst costs one drawing and a single change still shows in the next frame. Events of other windows, of the stream
 * before, are dropped: a window is always read afresh when it is chosen.
 */
import type { ChildRow, ReportsEvent, Rollup, RollupEvent } from './api';
import { changeOf, withChanges, type Change } from './changes';
import { applyArrived, mergeAnswer, newest, type Arrival } from './newest';

type Connection = 'connecting' | 'live' | 'lost';

export interface LiveState {
  connection: Connection;
  changes: Change[];
  /** When the newest change that came by the stream was made; ISO text. */
  changedAt: string | undefined;
}

/** Where the figures on the page are kept. */
export interface Board {
  rollups(unit: string, window: string): Rollup[] | undefined;
  putRollups(unit: string, window: string, items: Rollup[]): void;
  /** Figures of these units have moved in the watched window. */
  figuresMoved(units: Set<string>): void;
  reportsMoved(events: ReportsEvent[]): void;
  /** Events were missed. */
  readAll(): void;
}

const nothing: LiveState = { connection: 'connecting', changes: [], changedAt: undefined };

export class LiveStore {
  private state = nothing;
  /** The one that the page shows; empty while it shows none. */
  window = '';
  private indicators: ReadonlySet<string> | undefined;
  private serial = 0;
  private scheduled = false;
  private readonly arrivals = new Map<string, Map<string, Arrival>>();
  private readonly pending = new Map<string, Map<string, Arrival>>();
  private readonly reports = new Map<string, ReportsEvent>();
  private readonly listeners = new Set<() => void>();
  private readonly followers = new Set<() => void>();

  /** `schedule` runs a task soon, once a frame; `clock` is any rising clock in milliseconds. */
  constructor(
    private readonly board: Board,
    private readonly schedule: (task: () => void) => void,
    readonly clock: () => number,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Told when the page shows another window. */
  readonly onWindow = (follower: () => void): (() => void) => {
    this.followers.add(follower);
    return () => this.followers.delete(follower);
  };

  readonly snapshot = (): LiveState => this.state;

  /** Follow this window; only of these indicators is a change listed. */
  watch(window: string, indicators: ReadonlySet<string> | undefined): void {
    this.indicators = indicators;
    if (window === this.window) return;
    this.window = window;
    this.arrivals.clear();
    this.pending.clear();
    this.set({ changes: [], changedAt: undefined });
    for (const follower of this.followers) follower();
  }

  opened(): void {
    this.set({ connection: 'live' });
  }

  /** Events were missed: what the page shows is read anew. */
  resync(): void {
    this.board.readAll();
  }

  lost(): void {
    if (this.state.connection !== 'lost') this.set({ connection: 'lost' });
  }

  rollup({ unit, window, ...item }: RollupEvent): void {
    if (window !== this.window) return;
    const waiting = mapOf(this.pending, unit);
    if (newest(waiting.get(item.indicator)?.item, item) !== item) return;
    waiting.set(item.indicator, { item, at: this.clock() });
    this.soon();
  }

  report(event: ReportsEvent): void {
    this.reports.set(`${event.unit}|${event.window}`, event);
    this.soon();
  }

  /** An answer with what the stream knows better; `askedAt` is `clock` before the request. */
  merged(unit: string, window: string, answer: Rollup[], askedAt: number): Rollup[] {
    if (window !== this.window) return answer;
    return mergeAnswer(answer, this.arrivals.get(unit)?.values() ?? [], askedAt);
  }

  /** What two readings of a unit's children tell that the stream does not: which of them changed. */
  childrenRead(of: string, window: string, before: readonly ChildRow[], after: readonly ChildRow[]): void {
    if (window !== this.window) return;
    const held = new Map(before.map((row) => [row.unit, row]));
    const fresh = after.flatMap((row) => {
      const known = held.get(row.unit);
      const last = known?.reported ? (known as Rollup) : undefined;
      const change = row.reported && changeOf(row.unit, last, row as Rollup, (this.serial += 1));
      return change ? [{ ...change, of }] : [];
    });
    if (fresh.length > 0) this.noteChanges(fresh);
  }

  private soon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.schedule(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    const fresh: Change[] = [];
    const units = new Set(this.pending.keys());
    for (const [unit, arrived] of this.pending) fresh.push(...this.flushUnit(unit, arrived));
    this.pending.clear();
    if (fresh.length > 0) this.noteChanges(fresh);
    if (units.size > 0) this.board.figuresMoved(units);
    if (this.reports.size > 0) this.board.reportsMoved([...this.reports.values()]);
    this.reports.clear();
  }

  private flushUnit(unit: string, arrived: Map<string, Arrival>): Change[] {
    const items = this.board.rollups(unit, this.window);
    const known = mapOf(this.arrivals, unit);
    const fresh: Change[] = [];
    for (const [indicator, arrival] of arrived) {
      const before = items?.find((item) => item.indicator === indicator) ?? known.get(indicator)?.item;
      if (newest(before, arrival.item) !== arrival.item) continue;
      known.set(indicator, arrival);
      const change = changeOf(unit, before, arrival.item, (this.serial += 1));
      if (change && this.indicators?.has(indicator) !== false) fresh.push(change);
    }
    if (items)
      this.board.putRollups(
        unit,
        this.window,
        applyArrived(
          items,
          [...arrived.values()].map(({ item }) => item),
        ),
      );
    return fresh;
  }

  private noteChanges(fresh: Change[]): void {
    const last = fresh.map((change) => change.after).reduce((held, next) => newest(held, next));
    this.set({ changes: withChanges(this.state.changes, fresh), changedAt: last.updatedAt });
  }

  private set(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.listeners) listener();
  }
}

function mapOf<T>(maps: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const known = maps.get(key) ?? new Map<string, T>();
  maps.set(key, known);
  return known;
}
