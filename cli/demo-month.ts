/**
 * One month of the demonstration year: what the units send, with all that goes wrong on the way.
 *
 * Two streams of randomness: one for what the units say, one for how it is carried. What is said of a month therefore never
 * depends on `now`, which only hides what has not happened yet, nor on how many months are made.
 */
import { deadlineOf, indicators, layout, monthCode, monthEnd, monthStart, ROW_WIDTH, type Level } from '#domain';
import type { Draft, Sheet } from './demo-event.js';
import { fillRow } from './demo-figures.js';
import { randomStream, shuffle, type Random } from './demo-random.js';
import type { Row } from './demo-row.js';
import { rubbish } from './demo-rubbish.js';
import type { DemoUnit } from './demo-units.js';

const CORRECTED = 0.03;
const RETRACTED = 0.003;
/** Of those taken back, the share that is reported again. */
const RESTORED = 0.9;
const REPEATED = 0.02;
const SPOILT = 0.001;
/** Share of corrections and repeats that reach the topic among the next month's events. */
const CARRIED = 0.3;
/** Share of reports sent while the period is still running. */
const EARLY = 0.15;

const indexesOf = (level: Level): readonly number[] =>
  indicators.flatMap(({ reported_by }, index) => (reported_by.includes(level) ? [index] : []));
const reportedBy: Readonly<Record<Level, readonly number[]>> = {
  commune: indexesOf('commune'),
  province: indexesOf('province'),
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class DemoMonth {
  private readonly said: Random;
  private readonly carriage: Random;
  private readonly period: string;
  private readonly drafts: Draft[] = [];
  private readonly later: Draft[] = [];
  private spoilt: number;

  constructor(
    private readonly seed: number,
    private readonly month: number,
    private readonly now: number,
    /** Of which indicators, by their indexes, anything is said. */
    private readonly isSaid: (index: number) => boolean = () => true,
  ) {
    this.said = randomStream(seed, 2 * month);
    this.carriage = randomStream(seed, 2 * month + 1);
    this.period = monthCode(month);
    this.spoilt = Math.floor(this.carriage() * rubbish.length);
  }

  /** What a unit sends for the month. */
  report(demo: DemoUnit): void {
    if (demo.joined > this.month || demo.habit === 'silent') return;
    const sitting = this.sittingOf(demo);
    const absent = demo.habit === 'sporadic' && this.said() < 0.7;
    const row = new Float64Array(ROW_WIDTH);
    fillRow(row, demo, this.month, this.said);
    const sheet = { seed: this.seed, unit: demo.unit.code, period: this.period, row, detailed: demo.detailed };
    const level = demo.unit.level as Level;
    for (const index of reportedBy[level]) {
      if (absent || !this.isSaid(index) || !this.isGiven(demo, row, index)) continue;
      this.addCell(sheet, index, sitting + Math.floor(this.said() * HOUR_MS));
      if (level === 'commune' && this.carriage() < SPOILT) this.spoil(sheet, sitting);
    }
  }

  /** The month's events to be, shuffled with those carried over from the month before; and those carried over to the next. */
  finish(carried: readonly Draft[], isLast: boolean): { drafts: readonly Draft[]; carried: readonly Draft[] } {
    const drafts = [...this.drafts, ...carried, ...(isLast ? this.later : [])];
    shuffle(drafts, this.carriage);
    return { drafts, carried: isLast ? [] : this.later };
  }

  /** When a unit sits down to report: in working hours, late by its habit. */
  private sittingOf({ habit, unit }: DemoUnit): number {
    const { said, month } = this;
    const [early, late, day] = [said() < EARLY, said() < 0.75, said()];
    const hour = (7.5 + 9.5 * said()) * HOUR_MS;
    if (habit !== 'diligent' && late) {
      return deadlineOf(month, unit.level as Level) + 1 + Math.floor(day * 25) * DAY_MS + hour;
    }
    const length = Math.round((monthEnd(month) - monthStart(month)) / DAY_MS);
    if (early) return monthStart(month) + Math.floor(day * length) * DAY_MS + hour;
    return monthEnd(month) + (Math.floor(day * 5) - 2) * DAY_MS + hour;
  }

  /** A unit that reports in part leaves out what it did nothing of, and some of the rest. */
  private isGiven({ habit, portion }: DemoUnit, row: Row, index: number): boolean {
    if (habit === 'diligent' || habit === 'late') return true;
    const isChosen = this.said() < portion;
    return isChosen && (indicators[index].over_time === 'last' || row[layout[index].start] > 0);
  }

  private addCell(sheet: Sheet, index: number, time: number): void {
    const { said } = this;
    const draw = said();
    if (draw >= CORRECTED + RETRACTED) {
      this.send({ sheet, index, revision: 1, time, part: 1 }, false);
      return;
    }
    const again = time + HOUR_MS + Math.floor(said() * 20 * DAY_MS);
    if (draw < CORRECTED) {
      this.send({ sheet, index, revision: 1, time, part: 0.8 + 0.18 * said() }, false);
      this.send({ sheet, index, revision: 2, time: again, part: 1 }, true);
      return;
    }
    this.send({ sheet, index, revision: 1, time, part: 1 }, false);
    this.send({ sheet, index, revision: 2, time: again, part: 0 }, true);
    if (said() < RESTORED) this.send({ sheet, index, revision: 3, time: again + HOUR_MS, part: 1 }, true);
  }

  private send(draft: Draft, mayBeCarried: boolean): void {
    const { carriage } = this;
    const isRepeated = carriage() < REPEATED;
    const first = mayBeCarried && carriage() < CARRIED ? this.later : this.drafts;
    const second = isRepeated && carriage() < CARRIED ? this.later : this.drafts;
    if (draft.time > this.now) return;
    first.push(draft);
    if (isRepeated) second.push(draft);
  }

  private spoil(sheet: Sheet, time: number): void {
    const [, spoil] = rubbish[this.spoilt % rubbish.length];
    this.spoilt += 1;
    if (time <= this.now) this.drafts.push({ sheet, index: 0, revision: 1, time, part: 1, spoil });
  }
}
