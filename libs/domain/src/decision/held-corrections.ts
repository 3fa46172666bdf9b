/**
 * Held corrections: cells of a locked month whose word is not what they say, until it is decided; and what was decided of them.
 */
import type { Report } from '../cell/cell.js';
import { wordAt } from '../cell/skyline.js';
import { skylinesOf } from '../history/as-of.js';
import type { MonthWords } from '../history/figure-history.js';
import { indicatorIndex, indicators } from '../reference/catalogue.js';
import { reportingUnitIndex, reportingUnits } from '../reference/unit.js';
import { monthCode, monthIndex } from '../window/period.js';
import type { CorrectionDecided } from './decision.js';
import { isInTime } from './decision-outcome.js';
import { NOW } from './month-decisions.js';

/** A cell, and up to which instant its reports are meant. */
export interface CorrectionPlace {
  /** Index among the reporting units. */
  readonly unit: number;
  /** Index in the catalogue. */
  readonly indicator: number;
  /** Index of the month. */
  readonly month: number;
  /** Milliseconds since the epoch: when what is held was received. */
  readonly upTo: number;
}

export interface HeldCorrection extends CorrectionPlace {
  /** What the cell says; undefined: nothing. */
  readonly before: Report | undefined;
  /** What it would say. */
  readonly word: Report;
}

/** Those that wait, by receipt. */
export const heldCorrections = (months: readonly MonthWords[]): readonly HeldCorrection[] =>
  months
    .flatMap(({ unit, month, words, decisions }) => {
      if (decisions.lockAt(NOW) === undefined) return [];
      return [...skylinesOf(words)].flatMap(([indicator, skyline]): HeldCorrection[] => {
        const word = decisions.heldAt(skyline, unit, indicator, NOW);
        if (word === undefined) return [];
        const before = decisions.wordAt(skyline, unit, indicator, NOW);
        return [{ unit, indicator, month, upTo: word.receivedAt, before, word }];
      });
    })
    .sort((a, b) => a.upTo - b.upTo || a.unit - b.unit || a.indicator - b.indicator);

export interface DecidedCorrection extends CorrectionPlace {
  readonly decision: CorrectionDecided;
  /** What it was about; undefined where nothing of the cell was known by then. */
  readonly word: Report | undefined;
}

/** Those that were decided, the last decision first. One that came too late decided nothing, and is not there. */
export const decidedCorrections = (months: readonly MonthWords[]): readonly DecidedCorrection[] =>
  months
    .flatMap(({ unit, month, words, decisions }) => {
      const ofUnit = decisions.all.filter((one): one is CorrectionDecided => 'upTo' in one && one.unit === unit);
      if (ofUnit.length === 0) return [];
      const skylines = skylinesOf(words);
      return ofUnit
        .filter((decision) => isInTime(decision, decisions))
        .map((decision): DecidedCorrection => {
          const { indicator, upTo } = decision;
          return { unit, indicator, month, upTo, decision, word: wordAt(skylines.get(indicator) ?? [], upTo) };
        });
    })
    .sort((a, b) => b.decision.receivedAt - a.decision.receivedAt || b.decision.order - a.decision.order);

/** `00004.c.2026-03.1773480601250`: the same as long as it waits, and afterwards. */
export const correctionId = ({ unit, indicator, month, upTo }: CorrectionPlace): string =>
  [reportingUnits[unit].code, indicators[indicator].code, monthCode(month), upTo].join('.');

/** Undefined for what is no such id. */
export const correctionPlace = (id: string): CorrectionPlace | undefined => {
  const [code, indicatorCode, period, upToText, more] = id.split('.');
  const [unit, indicator, month] = [reportingUnitIndex(code), indicatorIndex(indicatorCode), monthIndex(period)];
  if (unit === undefined || indicator === undefined || month === undefined || more !== undefined) return undefined;
  return /^\d{1,15}$/.test(upToText) ? { unit, indicator, month, upTo: Number(upToText) } : undefined;
};
