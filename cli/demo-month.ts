/**
 * One month of the demonstration year: what the units send, with all that goes wrong on the way.
 *
 * Two streams of randomness: one for what the units say, one for how it is carried. What is said of a month therefore never
 * depends on `now`, which only hides what has not happened yet, nor on how many months are made.
 */
import { deadlineOf, indicators, layout, monthCode, monthEnd, monthStart, ROW_WIDTH } from '#domain';
import { figureText, reportedEvent, retractedEvent, type Cell, type DemoEvent } from './demo-event.js';
import { fillRow } from './demo-figures.js';
import { randomStream, shuffle, type Random } from './demo-random.js';
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

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class DemoMonth {
  private readonly said: Random;
  private readonly carriage: Random;
  private readonly period: string;
  private readonly row = new Float64Array(ROW_WIDTH);
  private readonly events: DemoEvent[] = [];
  private readonly later: DemoEvent[] = [];
  private spoilt = 0;

  constructor(
    private readonly seed: number,
    private readonly month: number,
    private readonly now: number,
  ) {
    this.said = randomStream(seed, 2 * month);
    this.carriage = randomStream(seed, 2 * month + 1);
    this.period = monthCode(month);
  }

  /** What a unit sends for the month. */
  report(demo: DemoUnit): void {
    if (demo.joined > this.month || demo.habit === 'silent') return;
    const sitting = this.sittingOf(demo);
    const absent = demo.habit === 'sporadic' && this.said() < 0.7;
    fillRow(this.row, demo, this.month, this.said);
    const { code, level } = demo.unit;
    for (let index = 0; index < indicators.length; index += 1) {
      if (!indicators[index].reported_by.includes(level as 'commune' | 'province')) continue;
      if (absent || !this.isGiven(demo, index)) continue;
      const cell = { seed: this.seed, unit: code, indicator: indicators[index].code, period: this.period };
      this.addCell(cell, index, demo.detailed, sitting + Math.floor(this.said() * HOUR_MS));
      if (level === 'commune' && this.carriage() < SPOILT) this.spoil(cell, sitting);
    }
  }

  /** The month's events, shuffled with those carried over from the month before; and those carried over to the next. */
  finish(
    carried: readonly DemoEvent[],
    isLast: boolean,
  ): { events: readonly DemoEvent[]; carried: readonly DemoEvent[] } {
    for (const event of carried) this.events.push(event);
    if (isLast) for (const event of this.later.splice(0)) this.events.push(event);
    shuffle(this.events, this.carriage);
    return { events: this.events, carried: this.later };
  }

  /** When a unit sits down to report: in working hours, late by its habit. */
  private sittingOf({ habit, unit }: DemoUnit): number {
    const { said, month } = this;
    const [early, late, day] = [said() < EARLY, said() < 0.75, said()];
    const hour = (7.5 + 9.5 * said()) * HOUR_MS;
    if (habit !== 'diligent' && late) {
      return deadlineOf(month, unit.level as 'commune' | 'province') + 1 + Math.floor(day * 25) * DAY_MS + hour;
    }
    const length = Math.round((monthEnd(month) - monthStart(month)) / DAY_MS);
    if (early) return monthStart(month) + Math.floor(day * length) * DAY_MS + hour;
    return monthEnd(month) + (Math.floor(day * 5) - 2) * DAY_MS + hour;
  }

  /** A unit that reports in part leaves out what it did nothing of, and some of the rest. */
  private isGiven({ habit, portion }: DemoUnit, index: number): boolean {
    if (habit === 'diligent' || habit === 'late') return true;
    const given = this.said() < portion;
    return given && (indicators[index].over_time === 'last' || this.row[layout[index].start] > 0);
  }

  private addCell(cell: Cell, index: number, detailed: boolean, time: number): void {
    const { said } = this;
    const draw = said();
    const figure = figureText(this.row, index, detailed);
    if (draw >= CORRECTED + RETRACTED) {
      this.send(reportedEvent(cell, 1, time, figure), time, false);
      return;
    }
    const again = time + HOUR_MS + Math.floor(said() * 20 * DAY_MS);
    if (draw < CORRECTED) {
      this.send(reportedEvent(cell, 1, time, figureText(this.row, index, detailed, 0.8 + 0.18 * said())), time, false);
      this.send(reportedEvent(cell, 2, again, figure), again, true);
      return;
    }
    const restored = again + HOUR_MS;
    this.send(reportedEvent(cell, 1, time, figure), time, false);
    this.send(retractedEvent(cell, 2, again), again, true);
    if (said() < RESTORED) this.send(reportedEvent(cell, 3, restored, figure), restored, true);
  }

  private send(event: DemoEvent, time: number, mayBeCarried: boolean): void {
    const { carriage } = this;
    const isRepeated = carriage() < REPEATED;
    const first = mayBeCarried && carriage() < CARRIED ? this.later : this.events;
    const second = isRepeated && carriage() < CARRIED ? this.later : this.events;
    if (time > this.now) return;
    first.push(event);
    if (isRepeated) second.push(event);
  }

  private spoil(cell: Cell, time: number): void {
    if (time > this.now) return;
    const [, spoil] = rubbish[this.spoilt % rubbish.length];
    this.spoilt += 1;
    this.events.push(spoil({ ...cell, indicator: 'inspections' }, time));
  }
}
