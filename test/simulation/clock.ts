/**
 * A clock that jumps, and the processes that live by it.
 *
 * Everything that takes time is an event of this clock: timers of the code under test, and requests on their way. Between two
 * events all that follows from the first one is run to its end, so whatever runs belongs to the process whose event it was, and a
 * seed leads to the same run again. A process that is killed has no further event; one that is stopped gets its events when it goes on.
 */
import { syncBuiltinESMExports } from 'node:module';
import timersPromises from 'node:timers/promises';

const real = {
  setImmediate: globalThis.setImmediate,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  dateNow: Date.now,
  performanceNow: performance.now,
  sleep: timersPromises.setTimeout,
};

interface SimEvent {
  at: number;
  readonly order: number;
  readonly process?: SimProcess;
  run?: () => void;
}

/** What may die: a worker, with everything that it holds in memory. */
export class SimProcess {
  isAlive = true;
  private stopped?: SimEvent[];

  constructor(readonly name: string) {}

  get isStopped(): boolean {
    return this.stopped !== undefined;
  }

  stop(): void {
    this.stopped ??= [];
  }

  /** What came while it was stopped, in order. */
  goOn(): readonly SimEvent[] {
    const waiting = this.stopped ?? [];
    this.stopped = undefined;
    return waiting;
  }

  put(event: SimEvent): void {
    this.stopped?.push(event);
  }
}

/** What `setTimeout` and `setInterval` return. */
class SimTimer {
  private isCleared = false;

  constructor(private event: SimEvent) {}

  clear(): void {
    this.isCleared = true;
    this.event.run = undefined;
  }

  next(event: () => SimEvent): void {
    if (!this.isCleared) this.event = event();
  }

  unref(): this {
    return this;
  }
}

/** 2026-11-20T00:00:00Z: every event of the workload is of the past. */
const BEGIN = Date.UTC(2026, 10, 20);

export class SimClock {
  /** Milliseconds since the beginning. */
  now = 0;
  events = 0;
  current?: SimProcess;
  private readonly heap: SimEvent[] = [];
  private order = 0;

  /** @param headStartMs how long before the usual beginning it begins */
  constructor(private readonly headStartMs = 0) {}

  /** Puts this clock in the place of Node's, until `release`. */
  install(): void {
    const timeout = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
      new SimTimer(this.after(ms, () => run(...args), this.current));
    const interval = (run: () => void, ms: number) => {
      const timer = new SimTimer(this.after(ms, () => tick(), this.current));
      const tick = () => {
        run();
        timer.next(() => this.after(ms, tick, this.current));
      };
      return timer;
    };
    const clear = (timer: unknown) => (timer as SimTimer | null | undefined)?.clear();
    const immediate = (run: () => void) => timeout(run, 0);
    const patched = {
      setTimeout: timeout,
      clearTimeout: clear,
      setInterval: interval,
      clearInterval: clear,
      setImmediate: immediate,
    };
    Object.assign(globalThis, patched);
    standInForSleep(<T>(ms = 0, value?: T) => new Promise<T>((resolve) => timeout(() => resolve(value as T), ms)));
    Date.now = () => BEGIN - this.headStartMs + Math.floor(this.now);
    performance.now = () => this.now;
  }

  release(): void {
    const { dateNow, performanceNow, sleep, ...globals } = real;
    Object.assign(globalThis, globals);
    standInForSleep(sleep);
    Date.now = dateNow;
    performance.now = performanceNow;
  }

  /** @param process whose event it is; none: the world's, which never dies */
  after(ms: number, run: () => void, process?: SimProcess): SimEvent {
    const event: SimEvent = { at: this.now + Math.max(0, ms), order: this.order++, process, run };
    this.push(event);
    return event;
  }

  goOn(process: SimProcess): void {
    for (const event of process.goOn()) this.push({ ...event, at: Math.max(event.at, this.now), order: this.order++ });
  }

  /** Runs everything up to an instant. */
  async runUntil(end: number): Promise<void> {
    for (let next = this.heap[0]; next !== undefined && next.at <= end; next = this.heap[0]) {
      this.pop();
      this.now = Math.max(this.now, next.at);
      if (next.run !== undefined) await this.runEvent(next);
    }
    this.now = end;
  }

  private async runEvent(event: SimEvent): Promise<void> {
    const { process, run } = event;
    if (process !== undefined && !process.isAlive) return;
    if (process?.isStopped) return process.put(event);
    this.current = process;
    this.events += 1;
    run?.();
    // The world's events end in further events; only a process has promises that go on.
    if (process === undefined) return;
    await new Promise<void>((resolve) => real.setImmediate(resolve));
    this.current = undefined;
  }

  private push(event: SimEvent): void {
    const { heap } = this;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!isBefore(event, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = event;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop() as SimEvent;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && isBefore(heap[child + 1], heap[child])) child += 1;
      if (!isBefore(heap[child], last)) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }
}

/** What everybody who imported it from `node:timers/promises` calls from now on, be it before or after. */
const standInForSleep = (sleep: typeof timersPromises.setTimeout): void => {
  timersPromises.setTimeout = sleep;
  syncBuiltinESMExports();
};

const isBefore = (a: SimEvent, b: SimEvent): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
