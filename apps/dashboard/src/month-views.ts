/** Months of provinces and communes as they stand: state, who submitted, what waits, and the hash of what is or would be locked. */
import { Injectable } from '@nestjs/common';
import {
  AppError,
  asIfLocked,
  figuresText,
  heldCorrections,
  monthCode,
  MonthDecisions,
  NOW,
  provinceOf,
  reportersOf,
  reportingUnitIndex,
  reportingUnits,
  windowIndex,
  type Decider,
  type MonthSubmitted,
  type MonthWords,
  type Unit,
} from '#domain';
import { inBackground } from '#promises';
import { sha256 } from '#service';
import { HistoryReader } from '#store';
import { CutOffOpen, CutOffs } from '#stream';

/** So long a look at a month waits for a newer cut-off, in milliseconds. */
const NEWEST_MS = 2_000;
/** So long one that did not close by then is waited for, for the looks to come. */
const LATER_MS = 60_000;

export interface MonthView {
  readonly unit: string;
  readonly period: string;
  readonly state: 'open' | 'locked';
  readonly cutOff: string;
  readonly lockedAt: string | null;
  readonly by: Decider | null;
  readonly figures: string;
  readonly ownFigures: string;
  readonly submitted: readonly {
    readonly unit: string;
    readonly at: string;
    readonly by: Decider;
    readonly figures: string;
    readonly isCurrent: boolean;
  }[];
  readonly held: number;
}

/** A month of a unit with what is under it. */
export interface ReadMonth {
  readonly decisions: MonthDecisions;
  readonly words: readonly MonthWords[];
}

@Injectable()
export class MonthViews {
  /** The newest instant that was seen closed. */
  private closed?: number;
  /** Whether a cut-off that a look did not wait for is being closed. */
  private isClosing = false;

  constructor(
    private readonly history: HistoryReader,
    private readonly cutOffs: CutOffs,
  ) {}

  /** @param unit a commune, or a province with its communes */
  async read(unit: Unit, month: number): Promise<ReadMonth> {
    const period = monthCode(month);
    const [decisions, words] = await Promise.all([
      this.history.decisions(provinceOf(unit), [month]),
      this.history.months(reportersOf(unit), windowIndex(period) as number),
    ]);
    return { decisions: decisions.get(period) ?? MonthDecisions.none, words };
  }

  /** Throws `CutOffOpen` where no instant is known to be closed, `StoreUnavailable`, `KafkaUnavailable`. */
  async view(unit: Unit, month: number): Promise<MonthView> {
    const newest = await this.newestClosed();
    return monthView(unit, month, await this.read(unit, month), newest);
  }

  /**
   * Under load an older one: what is seen and signed is whole, if not of this second. Where none is known yet, as after a start, this look is
   * told to come again, and the cut-off it asked for goes on closing for the next.
   */
  private async newestClosed(): Promise<number> {
    const newest = this.cutOffs.newest();
    try {
      return await this.closes(newest, NEWEST_MS);
    } catch (error) {
      if (!(error instanceof CutOffOpen)) throw error;
      this.closeLater(newest);
      if (this.closed === undefined) throw error;
      return this.closed;
    }
  }

  private closeLater(at: number): void {
    if (this.isClosing) return;
    this.isClosing = true;
    const closing = this.closes(at, LATER_MS).finally(() => (this.isClosing = false));
    inBackground(closing, (error) => {
      // Open still, or Kafka away: the next look begins another.
      if (!(error instanceof AppError)) throw error;
    });
  }

  private async closes(at: number, withinMs: number): Promise<number> {
    await this.cutOffs.close(at, withinMs);
    return (this.closed = Math.max(at, this.closed ?? at));
  }
}

/** @param newest the newest instant whose cut-off is closed, milliseconds since the epoch */
const monthView = (unit: Unit, month: number, { decisions, words }: ReadMonth, newest: number): MonthView => {
  const lock = decisions.lockAt(NOW);
  const cutOff = lock?.cutOff ?? newest;
  const hashOf = (of: Unit) => figuresHash(of, month, { decisions, words }, cutOff);
  const isProvince = unit.level === 'province';
  const submissions = latestSubmissions(decisions).filter(
    ({ unit: index }) => isProvince || index === reportingUnitIndex(unit.code),
  );
  return {
    unit: unit.code,
    period: monthCode(month),
    state: lock === undefined ? 'open' : 'locked',
    cutOff: new Date(cutOff).toISOString(),
    lockedAt: lock === undefined ? null : new Date(lock.receivedAt).toISOString(),
    by: lock?.by ?? null,
    figures: isProvince ? (lock?.figures ?? hashOf(unit)) : ownHash(unit, month, { decisions, words }, cutOff),
    ownFigures: ownHash(unit, month, { decisions, words }, cutOff),
    submitted: submissions.map(({ unit: index, receivedAt, by, figures }) => ({
      unit: reportingUnits[index].code,
      at: new Date(receivedAt).toISOString(),
      by,
      figures,
      isCurrent: ownHash(reportingUnits[index], month, { decisions, words }, cutOff) === figures,
    })),
    held: heldCorrections(words).length,
  };
};

/** The hash of a province's figures with its communes', as a lock of the cut-off takes them. */
export const figuresHash = (unit: Unit, month: number, { decisions, words }: ReadMonth, cutOff: number): string =>
  sha256(Buffer.from(figuresText(unit.code, monthCode(month), words, asIfLocked(decisions, cutOff))));

/** The hash of the figures of a unit's own report. */
const ownHash = (unit: Unit, month: number, { decisions, words }: ReadMonth, cutOff: number): string => {
  const own = words.filter(({ unit: index }) => index === reportingUnitIndex(unit.code));
  return figuresHash(unit, month, { decisions, words: own }, cutOff);
};

/** Of each unit the last. */
const latestSubmissions = ({ all }: MonthDecisions): MonthSubmitted[] => {
  const latest = new Map<number, MonthSubmitted>();
  for (const decision of all) if (decision.type === 'month.submitted') latest.set(decision.unit, decision);
  return [...latest.values()].sort((a, b) => a.unit - b.unit);
};
