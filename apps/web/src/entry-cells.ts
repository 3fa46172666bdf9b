/**
 * What is typed into the form of a month: texts of fields, what they say of each cell, and what of it is new.
 *
 * A figure is held to the same function that every event is (figure-check.ts of the domain), so what is right here is taken there.
 */
import { checkFigure, figureRules } from '../../../libs/domain/src/event/figure-check';
import type { Figure, Indicator } from './api';
import type { CellFigure, EntryCell, FormCell, ReportForm } from './api-entry';

export type FieldName = 'numerator' | 'denominator' | 'value';

/** A field of the form. @param category empty for the whole figure */
export const placeOf = (indicator: string, category: string, field: FieldName): string =>
  `${indicator}|${category}|${field}`;

/** What stands in the fields, by their place; a field without an own text is empty. */
export type Texts = Readonly<Record<string, string>>;

export interface CellFault {
  /** Of the contract's codes, or `NOT_WHOLE`, `MISSING`, `BREAKDOWN_MISSING`. */
  code: string;
  /** The field that it is said at. */
  place: string;
  /** For the words. */
  limit?: number;
}

/** What the fields of one cell say. `null`: they are empty. */
export type Said = { figure: CellFigure | null; fault?: undefined } | { fault: CellFault; figure?: undefined };

export const fieldsOf = ({ kind }: Pick<Indicator, 'kind'>): FieldName[] =>
  kind === 'ratio' ? ['numerator', 'denominator'] : ['value'];

/** Whether a figure is only taken with its categories. */
export const needsBreakdown = (indicator: Indicator): boolean => figureRules(indicator).needsBreakdown;

const grouped = /^\d{1,3}([.\s]\d{3})+$/;
const digits = /^\d{1,16}$/;

/** A whole number as people in Vietnam write it: `1.234` is 1234. `undefined` for an empty text, `null` for what is none. */
export function wholeOf(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const plain = grouped.test(trimmed) ? trimmed.replace(/[.\s]/g, '') : trimmed;
  const number = digits.test(plain) ? Number(plain) : NaN;
  return Number.isSafeInteger(number) ? number : null;
}

/** The texts of what cells say, so that a form begins with them. */
export function textsOf(cells: readonly { indicator: string; figure: CellFigure | null }[]): Texts {
  const texts: Record<string, string> = {};
  const put = (indicator: string, category: string, figure: Figure) => {
    for (const field of ['numerator', 'denominator', 'value'] as const) {
      const number = figure[field];
      if (number !== undefined) texts[placeOf(indicator, category, field)] = String(number);
    }
  };
  for (const { indicator, figure } of cells) {
    if (figure === null) continue;
    put(indicator, '', figure);
    for (const [category, part] of Object.entries(figure.breakdown ?? {})) put(indicator, category, part);
  }
  return texts;
}

/** What one cell's fields say, or what is wrong with them. */
export function saidOf(indicator: Indicator, texts: Texts): Said {
  const fields = fieldsOf(indicator);
  const parts = ['', ...(indicator.breakdown ?? [])].map((category) => ({
    category,
    numbers: fields.map((field) => wholeOf(texts[placeOf(indicator.code, category, field)] ?? '')),
  }));
  const isEmpty = ({ numbers }: (typeof parts)[number]) => numbers.every((number) => number === undefined);
  if (parts.every(isEmpty)) return { figure: null };
  const faultAt = (code: string, category: string, field: FieldName): Said => ({
    fault: { code, place: placeOf(indicator.code, category, field) },
  });
  const given = parts.filter((part) => part.category === '' || !isEmpty(part));
  for (const wrong of [null, undefined])
    for (const { category, numbers } of given) {
      const field = fields[numbers.indexOf(wrong)];
      if (field) return faultAt(wrong === null ? 'NOT_WHOLE' : 'MISSING', category, field);
    }
  const [whole = {}, ...categories] = given.map(({ numbers }): Figure =>
    Object.fromEntries(fields.map((field, n) => [field, numbers[n]])),
  );
  const names = given.slice(1).map(({ category }) => category);
  const breakdown = Object.fromEntries(names.map((name, n) => [name, categories[n] ?? {}]));
  const figure: CellFigure = names.length === 0 ? whole : { ...whole, breakdown };
  return checked(indicator, figure);
}

function checked(indicator: Indicator, figure: CellFigure): Said {
  const parts = Object.entries(figure.breakdown ?? {}).map(([category, part]) => ({ category, ...measureOf(part) }));
  const rules = figureRules(indicator);
  const breakdown = parts.length === 0 ? undefined : parts;
  const outcome = checkFigure({ ...measureOf(figure), breakdown }, rules);
  if (!('code' in outcome)) return { figure };
  const { code, pointer } = outcome;
  const isMissing = code === 'BREAKDOWN_INVALID' && breakdown === undefined;
  return {
    fault: {
      code: isMissing ? 'BREAKDOWN_MISSING' : code,
      place: fieldAt(indicator, pointer),
      ...(code === 'VALUE_TOO_LARGE' && { limit: rules.limit }),
    },
  };
}

const measureOf = ({ numerator, denominator, value }: Figure) => ({ numerator, denominator, value });

/** The field that a pointer into an event means: `/data/numerator`, `/data/breakdown/family/numerator`. */
export function fieldAt(indicator: Indicator, pointer: string): string {
  const [, , first = '', category = '', field = ''] = pointer.split('/');
  const fields = fieldsOf(indicator);
  const named = (name: string): FieldName => fields.find((each) => each === name) ?? fields[0] ?? 'value';
  if (first !== 'breakdown') return placeOf(indicator.code, '', named(first));
  const at = category || indicator.breakdown?.[0] || '';
  return placeOf(indicator.code, at, named(field));
}

const isSame = (one: CellFigure | null, other: CellFigure | null): boolean => textOf(one) === textOf(other);

/** Alike for figures that say the same, whatever the order of their members. */
const textOf = (figure: CellFigure | null): string =>
  figure === null ? '' : JSON.stringify(Object.entries(textsOf([{ indicator: '', figure }])).sort());

/** A cell that says something else than the form began with. */
export interface Change extends EntryCell {
  before: CellFigure | null;
}

/** What the form says by now: what is changed, and what is wrong, by the indicator. */
export interface Draft {
  changes: Change[];
  faults: Map<string, CellFault>;
}

export function draftOf({ cells }: ReportForm, indicators: ReadonlyMap<string, Indicator>, texts: Texts): Draft {
  const changes: Change[] = [];
  const faults = new Map<string, CellFault>();
  for (const { indicator: code, figure: before, revision } of cells) {
    const indicator = indicators.get(code);
    if (!indicator) continue;
    const { figure, fault } = saidOf(indicator, texts);
    if (fault) faults.set(code, fault);
    else if (!isSame(figure, before)) changes.push({ indicator: code, seen: revision, figure, before });
  }
  return { changes, faults };
}

/** Of a month in which nothing arose: the cells that become 0, and those of them that say something else today. */
export function quietOf(
  { cells }: ReportForm,
  indicators: ReadonlyMap<string, Indicator>,
): { cells: Pick<EntryCell, 'indicator' | 'seen'>[]; lost: FormCell[] } {
  const quiet = cells.filter(({ indicator }) => indicators.get(indicator)?.over_time === 'sum');
  return {
    cells: quiet.map(({ indicator, revision }) => ({ indicator, seen: revision })),
    lost: quiet.filter(({ figure }) => figure !== null && (figure.value ?? figure.denominator ?? 0) !== 0),
  };
}
