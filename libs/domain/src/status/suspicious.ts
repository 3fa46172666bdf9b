/**
 * Suspicious figures: right in form, and so unlike what the unit reported before, or what it reports beside them, that somebody is to ask.
 * Nothing is refused or left out of a sum for it.
 *
 * The rules are few, each can be told to the unit in a sentence, and the first that applies is the reason:
 * - `contradicts`: another figure of the same month rules it out: money spent beyond what was allocated, violations found without an inspection.
 * - `fell`: money that runs up through the report year is less than in the unit's month before.
 * - `zero`: it is 0, though the unit reported more than that in every month that is compared.
 * - `jump`: far from the median of the unit's earlier months. As DHIS2's outlier detection does, by the modified z-score of Iglewicz and Hoaglin
 *   (1993), beyond 3.5; and three times the median or a third of it at least, since a steady series makes any step look great.
 * - `repeated`: what was done in the month is to the last number what was done in the month before, in many indicators: last month's sheet, sent again.
 *
 * A unit is compared with itself alone: communes differ too much in size. What counts few people is never suspicious: chance moves it as far.
 */
import { indicatorIndex, indicators, type Field } from '../reference/catalogue.js';
import { layout } from '../reference/layout.js';
import type { MonthCells } from '../window/unit-rollup.js';

export const suspicionReasons = ['contradicts', 'fell', 'zero', 'jump', 'repeated'] as const;
type SuspicionReason = (typeof suspicionReasons)[number];

export interface Suspicion {
  readonly reason: SuspicionReason;
  /** Which number of the figure. */
  readonly field: Field;
  /** The median of earlier months; of `fell` and `repeated` what the month before says, of `contradicts` what the other figure does. */
  readonly compared: number;
  /** Index of the other indicator, of `contradicts`. */
  readonly against?: number;
}

/** A suspicious cell of a unit. */
export interface SuspiciousCell extends Suspicion {
  /** Index in the catalogue. */
  readonly indicator: number;
  /** Index of the month. */
  readonly month: number;
}

/** So many months before are looked at, and so many of them have to say something. */
const MONTHS_COMPARED = 12;
const LEAST_MONTHS = 6;
/** Iglewicz and Hoaglin (1993); `MAD_SCALE` makes the median deviation of normal figures their standard deviation. */
const SCORE = 3.5;
const MAD_SCALE = 1.4826;
const FOLD = 3;
/** Smaller differences, and smaller usual figures, are chance: where ten are usual, none comes once in 22,000 months. */
const LEAST = 10;
/** So many figures above 0 have to be those of the month before. */
const LEAST_REPEATED = 5;

type MonthOf = (month: number) => MonthCells | undefined;
type Numbers = readonly (number | null)[];

/** The months that the figures of a month are compared with, by their indexes. */
export const comparedMonths = (month: number): readonly number[] => {
  const first = Math.max(0, month - MONTHS_COMPARED);
  return Array.from({ length: month - first }, (_, n) => first + n);
};

/**
 * The suspicious cells of a unit in a month.
 *
 * @param monthOf the unit's live cells of a month, by its index: of this one, and of `comparedMonths`
 */
export const suspiciousCells = (monthOf: MonthOf, month: number): SuspiciousCell[] => {
  const cells = monthOf(month);
  if (cells === undefined) return [];
  const repeated = repeatedCells(cells, monthOf(month - 1));
  return indicators.flatMap(({ code }, indicator) => {
    const numbers = cells[code] as Numbers | undefined;
    if (numbers === undefined) return [];
    const found =
      contradiction(indicator, cells) ??
      unlikeBefore(indicator, month, numbers, monthOf) ??
      (repeated.has(code) ? sameAsBefore(indicator, numbers) : undefined);
    return found === undefined ? [] : [{ indicator, month, ...found }];
  });
};

const indexOf = (code: string): number => indicatorIndex(code) as number;

/** What a figure is to be none without, and what it is not to exceed. */
const without: ReadonlyMap<string, string> = new Map([
  ['violations', 'inspections'],
  ['trainees', 'trainings'],
  ['loan_amount', 'loans'],
]);
const within: ReadonlyMap<string, string> = new Map([['budget_spent', 'budget_allocated']]);

const contradiction = (indicator: number, cells: MonthCells): Suspicion | undefined => {
  const { code } = indicators[indicator];
  const other = without.get(code) ?? within.get(code);
  const [own, compared] = [cells[code][0], other === undefined ? undefined : cells[other]?.[0]];
  if (other === undefined || own === null || compared === undefined || compared === null) return undefined;
  const isWrong = without.has(code) ? own > 0 && compared === 0 : own > compared;
  return isWrong ? { reason: 'contradicts', field: 'value', compared, against: indexOf(other) } : undefined;
};

const unlikeBefore = (indicator: number, month: number, numbers: Numbers, monthOf: MonthOf): Suspicion | undefined => {
  const { fields } = layout[indicator];
  // What people are counted among first: it is steadier than those that are counted.
  for (let slot = fields.length - 1; slot >= 0; slot -= 1) {
    const of = { indicator, field: fields[slot] };
    const first = runsUp(of) ? month - (month % 12) : month - MONTHS_COMPARED;
    const known: number[] = [];
    for (let each = Math.max(0, first); each < month; each += 1) {
      const number = monthOf(each)?.[indicators[indicator].code]?.[slot];
      if (typeof number === 'number') known.push(number);
    }
    const found = unlike(of, numbers[slot] ?? 0, known);
    if (found !== undefined) return { ...found, field: of.field };
  }
  return undefined;
};

/** One number of an indicator's figures. */
interface Series {
  readonly indicator: number;
  readonly field: Field;
}

/** It begins anew with each report year, so it is compared within it. Of people and places, all that there are stays from one year to the next. */
const runsUp = ({ indicator, field }: Series): boolean =>
  indicators[indicator].over_time === 'last' && (field === 'numerator' || indicators[indicator].kind === 'amount');

/** @param known the months before, the oldest first */
const unlike = (of: Series, number: number, known: readonly number[]): Omit<Suspicion, 'field'> | undefined => {
  const isMoney = indicators[of.indicator].kind === 'amount';
  const last = known.at(-1);
  if (isMoney && runsUp(of) && last !== undefined && number < last) return { reason: 'fell', compared: last };
  if (known.length < LEAST_MONTHS) return undefined;
  const compared = medianOf(known);
  const isDone = indicators[of.indicator].over_time === 'sum';
  // Money is lent now and then: a month without is as usual as one with much.
  if (isMoney && isDone && number < compared) return undefined;
  if (number === 0 && compared >= LEAST && known.every((each) => each > 0)) return { reason: 'zero', compared };
  // What seldom arises arises at once.
  if (compared === 0 && (isDone || runsUp(of))) return undefined;
  return isJump(number, compared, known) ? { reason: 'jump', compared } : undefined;
};

const isJump = (number: number, median: number, known: readonly number[]): boolean => {
  const off = Math.abs(number - median);
  if (off < LEAST || (number < FOLD * median && FOLD * number > median)) return false;
  const deviation = medianOf(known.map((each) => Math.abs(each - median)));
  // Counts move by their root at least.
  return off > SCORE * Math.max(MAD_SCALE * deviation, Math.sqrt(median), 1);
};

const medianOf = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const doneInMonth = indicators.filter(({ over_time }) => over_time === 'sum').map(({ code }) => code);

/** Codes of what is above 0 and as in the month before, where all that was done in the month is as in the month before. */
const repeatedCells = (cells: MonthCells, before: MonthCells | undefined): ReadonlySet<string> => {
  const same = doneInMonth.every((code) => JSON.stringify(cells[code]) === JSON.stringify(before?.[code]));
  const some = same ? doneInMonth.filter((code) => (cells[code]?.[0] ?? 0) > 0) : [];
  return new Set(some.length < LEAST_REPEATED ? [] : some);
};

const sameAsBefore = (indicator: number, [number]: Numbers): Suspicion => ({
  reason: 'repeated',
  field: layout[indicator].fields[0],
  compared: number ?? 0,
});
