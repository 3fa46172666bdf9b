/**
 * Figure checks: whether the numbers of a report can be of its indicator, in the order that the contract gives.
 *
 * Events and the page's form are held to the same: the check stage, the intake and whoever types call this one function. It needs no
 * reference data but the indicator itself, so that a browser can have it.
 */
import { breakdownRequired, fieldsOf, maxValue } from '../reference/indicator-rules.js';
import type { Field, Indicator } from '../reference/reference.types.js';
import type { CategoryMeasure, Measure } from './event-reader.js';
import { refused, type Refusal } from './refusal.js';

/** What a report says of its indicator. */
export type ReportedFigure = Measure & { readonly breakdown?: readonly CategoryMeasure[] | undefined };

/** An indicator's own rules, made once: every event is held to them. */
export interface FigureRules {
  readonly fields: readonly Field[];
  readonly categories: readonly string[];
  readonly limit: number;
  readonly needsBreakdown: boolean;
  /** What a pointer may name; what is not among it may be a person's name. */
  readonly names: ReadonlySet<string>;
}

export const figureRules = (
  indicator: Pick<Indicator, 'code' | 'kind' | 'max_per_unit' | 'breakdown'>,
  names: ReadonlySet<string> = new Set(indicator.breakdown),
): FigureRules => ({
  fields: fieldsOf(indicator),
  categories: indicator.breakdown ?? [],
  limit: maxValue(indicator),
  needsBreakdown: breakdownRequired(indicator),
  names,
});

/** The figure in slot order, or why it is refused. Each number is a whole one from 0. */
export const checkFigure = (figure: ReportedFigure, rules: FigureRules): readonly (number | null)[] | Refusal => {
  const { fields, limit } = rules;
  if (!hasShape(figure, fields)) {
    return refused('WRONG_MEASURE', '/data', `this indicator carries ${fields.join(' and ')} and nothing else`);
  }
  for (const field of fields)
    if ((figure[field] as number) > limit) return refused('VALUE_TOO_LARGE', `/data/${field}`, `over ${limit}`);
  if (fields.length === 2 && (figure.numerator as number) > (figure.denominator as number)) {
    return refused('NUMERATOR_EXCEEDS_DENOMINATOR', '/data/numerator', 'the numerator exceeds the denominator');
  }
  const { breakdown } = figure;
  if (breakdown !== undefined) return checkBreakdown(figure, breakdown, rules);
  if (rules.needsBreakdown)
    return refused('BREAKDOWN_INVALID', '/data/breakdown', 'this indicator needs its breakdown');
  return fields.length === 2 ? [figure.numerator as number, figure.denominator as number] : [figure.value as number];
};

const hasShape = ({ numerator, denominator, value }: Measure, fields: readonly Field[]): boolean =>
  fields.length === 2
    ? numerator !== undefined && denominator !== undefined && value === undefined
    : value !== undefined && numerator === undefined && denominator === undefined;

const checkBreakdown = (
  whole: Measure,
  breakdown: readonly CategoryMeasure[],
  rules: FigureRules,
): readonly (number | null)[] | Refusal => {
  const { fields, categories } = rules;
  if (categories.length === 0)
    return refused('BREAKDOWN_INVALID', '/data/breakdown', 'this indicator has no breakdown');
  if (breakdown.length === 0) return refused('BREAKDOWN_INVALID', '/data/breakdown', 'the breakdown is empty');
  const figure: (number | null)[] = [];
  const width = fields.length * (1 + categories.length);
  for (let slot = 0; slot < width; slot += 1) figure.push(null);
  putMeasure(figure, 0, whole, fields);
  for (const part of breakdown) {
    const place = categories.indexOf(part.category);
    if (place < 0) return refused('BREAKDOWN_INVALID', pointerTo(part.category, rules), 'an unknown category');
    if (!hasShape(part, fields)) {
      const pointer = pointerTo(part.category, rules);
      return refused('BREAKDOWN_INVALID', pointer, "a category with other fields than the figure's");
    }
    putMeasure(figure, (place + 1) * fields.length, part, fields);
  }
  return checkParts(figure, rules) ?? figure;
};

/** Of a name of the sender's own making, what it stands in. */
const pointerTo = (category: string, { names }: FigureRules): string =>
  names.has(category) ? `/data/breakdown/${category}` : '/data/breakdown';

const putMeasure = (figure: (number | null)[], at: number, measure: Measure, fields: readonly Field[]): void => {
  for (let n = 0; n < fields.length; n += 1) figure[at + n] = measure[fields[n] as Field] as number;
};

const checkParts = (figure: readonly (number | null)[], { fields, categories }: FigureRules): Refusal | undefined => {
  if (fields.length === 2) {
    for (let n = 0; n < categories.length; n += 1) {
      if ((figure[2 * n + 2] ?? 0) <= (figure[2 * n + 3] ?? 0)) continue;
      const pointer = `/data/breakdown/${categories[n]}/numerator`;
      return refused('NUMERATOR_EXCEEDS_DENOMINATOR', pointer, 'the numerator exceeds the denominator');
    }
  }
  for (let field = 0; field < fields.length; field += 1) {
    let sum = 0;
    for (let slot = fields.length + field; slot < figure.length; slot += fields.length) sum += figure[slot] ?? 0;
    if (sum !== figure[field]) {
      return refused('BREAKDOWN_INVALID', '/data/breakdown', `the categories do not add up to ${fields[field]}`);
    }
  }
  return undefined;
};
