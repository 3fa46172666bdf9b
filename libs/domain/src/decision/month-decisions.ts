/**
 * The decisions of a province's month, and what follows from them: as of which instant each of its cells is read.
 *
 * A locked month is a month read as of an earlier instant. All of it is a pure function of decisions, each with its place and its receipt,
 * and of the instant that is asked for: it does not matter in which order, how often or when they are read, before or after the reports.
 * A lock of a month that is locked, and a reopening of one that is open, decide nothing: of two who decide at once the first did.
 */
import type { Report } from '../cell/cell.js';
import { wordAt, type Skyline } from '../cell/skyline.js';
import { indicators } from '../reference/catalogue.js';
import type { CorrectionDecided, Decision, MonthLocked } from './decision.js';

/** Asked as of this instant, everything that was ever decided counts. */
export const NOW = Infinity;

/** What a cell has said since an instant, in milliseconds since the epoch. */
export interface SaidSince {
  readonly at: number;
  /** Undefined: nothing. */
  readonly word: Report | undefined;
}

export class MonthDecisions {
  /** By cell. */
  private readonly corrections = new Map<number, CorrectionDecided[]>();

  private constructor(
    /** By order. */
    readonly all: readonly Decision[],
  ) {
    for (const decision of all) {
      if (!('upTo' in decision)) continue;
      const cell = cellOf(decision.unit, decision.indicator);
      const held = this.corrections.get(cell);
      if (held === undefined) this.corrections.set(cell, [decision]);
      else held.push(decision);
    }
  }

  static readonly none = new MonthDecisions([]);

  static of(decisions: readonly Decision[]): MonthDecisions {
    if (decisions.length === 0) return MonthDecisions.none;
    const known = new Map<string | number, Decision>();
    for (const decision of [...decisions].sort((a, b) => a.order - b.order)) {
      const { id, order } = decision;
      if (!known.has(id ?? order)) known.set(id ?? order, decision);
    }
    return new MonthDecisions([...known.values()]);
  }

  /** With one more; the same where it is known. One that was sent twice counts at its first place: it is decided once. */
  with(decision: Decision): MonthDecisions {
    const known = this.all.find((held) => isSame(held, decision));
    if (known !== undefined && known.order <= decision.order) return this;
    const others = this.all.filter((held) => held !== known);
    return new MonthDecisions([...others, decision].sort((a, b) => a.order - b.order));
  }

  /** The lock in force as of an instant; undefined where the month is open. */
  lockAt(at: number): MonthLocked | undefined {
    let lock: MonthLocked | undefined;
    for (const decision of this.madeBy(at)) {
      if (decision.type === 'month.locked') lock ??= decision;
      else if (decision.type === 'month.reopened') lock = undefined;
    }
    return lock;
  }

  /** As of which instant a cell is read, asked as of `at`: that itself while the month is open. */
  readAsOf(unit: number, indicator: number, at: number): number {
    const lock = this.lockAt(at);
    if (lock === undefined) return at;
    const accepted = this.decidedOf(unit, indicator, 'correction.accepted', at);
    // Nothing is read as of an instant after its decision, whatever is written.
    return Math.max(
      Math.min(lock.cutOff, lock.receivedAt),
      ...accepted.map((one) => Math.min(one.upTo, one.receivedAt)),
    );
  }

  /** What a cell of the month says, asked as of an instant; undefined: nothing. */
  wordAt(skyline: Skyline, unit: number, indicator: number, at: number): Report | undefined {
    return wordAt(skyline, this.readAsOf(unit, indicator, at));
  }

  /** The correction of a cell that waits for a decision as of an instant: its word, which is not what it says. */
  heldAt(skyline: Skyline, unit: number, indicator: number, at: number): Report | undefined {
    if (this.lockAt(at) === undefined) return undefined;
    const word = wordAt(skyline, at);
    if (word === undefined || word.receivedAt <= this.readAsOf(unit, indicator, at)) return undefined;
    const refused = this.decidedOf(unit, indicator, 'correction.refused', at);
    return refused.some(({ upTo }) => word.receivedAt <= upTo) ? undefined : word;
  }

  /** What a cell of the month has said, by instant: every change of it, what decisions changed too. */
  historyOf(skyline: Skyline, unit: number, indicator: number): readonly SaidSince[] {
    if (this.all.length === 0) return skyline.map((word) => ({ at: word.receivedAt, word }));
    const moving = this.all.filter((decision) => !('unit' in decision) || isOf(decision, unit, indicator));
    const instants = new Set([...skyline, ...moving].map(({ receivedAt }) => receivedAt));
    const history: SaidSince[] = [];
    for (const at of [...instants].sort((a, b) => a - b)) {
      const word = this.wordAt(skyline, unit, indicator, at);
      if (word !== history.at(-1)?.word) history.push({ at, word });
    }
    return history;
  }

  private madeBy(at: number): readonly Decision[] {
    return at === NOW ? this.all : this.all.filter(({ receivedAt }) => receivedAt <= at);
  }

  private decidedOf(unit: number, indicator: number, type: CorrectionDecided['type'], at: number) {
    const ofCell = this.corrections.get(cellOf(unit, indicator)) ?? [];
    return ofCell.filter((decision) => decision.type === type && decision.receivedAt <= at);
  }
}

const isSame = (a: Decision, b: Decision): boolean => a.order === b.order || (a.id !== undefined && a.id === b.id);

const cellOf = (unit: number, indicator: number): number => unit * indicators.length + indicator;

const isOf = (decision: Decision, unit: number, indicator: number): boolean =>
  'upTo' in decision && decision.unit === unit && decision.indicator === indicator;
