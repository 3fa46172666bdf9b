/**
 * A month as the rows of a sheet: the template that is handed out, and what a filled one says.
 *
 * A row is a figure or one of its categories. All that is wrong is said by row and column, and while anything is, nothing of the file is taken.
 */
import type { Indicator } from './api';
import type { ReportForm } from './api-entry';
import { fieldsOf, needsBreakdown, placeOf, saidOf, textsOf, wholeOf, type FieldName, type Texts } from './entry-cells';

/** A cell's value, as a reader of workbooks gives it. */
export type SheetValue = string | number | boolean | object | null | undefined;
export type SheetRows = readonly (readonly SheetValue[])[];

const fields: readonly FieldName[] = ['numerator', 'denominator', 'value'];
/** Of the row: code, name, category's code and name, numerator, denominator, value, note. */
const CATEGORY = 2;
const FIRST_FIELD = 4;
const HEAD_ROWS = 3;
const MOST_ROWS = 500;

/** What stands in the template beside figures, in the language of the page. */
export interface SheetWords {
  unit: string;
  period: string;
  heads: readonly string[];
  nameOf: (indicator: Indicator) => string;
  categoryOf: (category: string) => string;
  noteOf: (indicator: Indicator, isNeeded: boolean) => string;
}

/** @param indicators those that the unit reports, in the order of the form */
export function templateRows(
  form: ReportForm,
  indicators: readonly Indicator[],
  words: SheetWords,
): (string | number | null)[][] {
  const texts = textsOf(form.cells);
  const numberAt = (place: string): number | null => wholeOf(texts[place] ?? '') ?? null;
  const rowOf = (indicator: Indicator, category: string) => [
    indicator.code,
    words.nameOf(indicator),
    category,
    category && words.categoryOf(category),
    ...fields.map((field) => numberAt(placeOf(indicator.code, category, field))),
    category ? '' : words.noteOf(indicator, needsBreakdown(indicator)),
  ];
  return [
    [words.unit, form.unit, form.name],
    [words.period, form.period],
    [...words.heads],
    ...indicators.flatMap((indicator) => ['', ...(indicator.breakdown ?? [])].map((each) => rowOf(indicator, each))),
  ];
}

export interface SheetFault {
  /** One of the words' faults, or of the form's. */
  code: string;
  /** As a spreadsheet counts them, from 1; left out: the file as a whole. */
  row?: number;
  /** `E`, `F`, `G`; left out: the row as a whole. */
  column?: string;
  got?: string;
  want?: string;
  first?: number;
  limit?: number;
}

export type SheetSaid = { texts: Texts; faults?: undefined } | { faults: SheetFault[]; texts?: undefined };

const columnName = (index: number): string => String.fromCharCode(65 + index);
const isBlank = (value: SheetValue): boolean => value === null || value === undefined || String(value).trim() === '';
/** What somebody made up is shown in part. */
const shown = (value: SheetValue): string => (typeof value === 'object' ? '' : String(value ?? '').slice(0, 40));

/** What a filled template says of the form's fields. */
export function readSheet(rows: SheetRows, form: ReportForm, indicators: readonly Indicator[]): SheetSaid {
  const stranger = strangerIn(rows, form);
  if (stranger) return { faults: [stranger] };
  const reader = new SheetReader(new Map(indicators.map((indicator) => [indicator.code, indicator])));
  rows.slice(HEAD_ROWS).forEach((row, n) => reader.read(row, HEAD_ROWS + n + 1));
  return reader.end(textsOf(form.cells));
}

/** Why this is not the template of this month. */
function strangerIn(rows: SheetRows, { unit, period }: ReportForm): SheetFault | undefined {
  if (rows.length > MOST_ROWS) return { code: 'TOO_BIG' };
  const [first = [], second = [], heads = []] = rows;
  if (rows.length <= HEAD_ROWS || heads.length < FIRST_FIELD + fields.length) return { code: 'OTHER_FORM' };
  // A spreadsheet may have made a number of the code.
  const got = shown(first[1]).padStart(unit.length, '0');
  if (got !== unit) return { code: 'OTHER_UNIT', row: 1, column: 'B', got, want: unit };
  if (shown(second[1]) !== period)
    return { code: 'OTHER_PERIOD', row: 2, column: 'B', got: shown(second[1]), want: period };
  return undefined;
}

class SheetReader {
  private readonly texts: Record<string, string> = {};
  private readonly faults: SheetFault[] = [];
  /** Where each field stands, so that what is wrong with a figure is said there. */
  private readonly at = new Map<string, { row: number; column: string }>();
  private readonly rows = new Map<string, number>();
  private readonly read_ = new Map<string, Indicator>();

  constructor(private readonly indicators: ReadonlyMap<string, Indicator>) {}

  read(cells: readonly SheetValue[], row: number): void {
    if (cells.every(isBlank)) return;
    const indicator = this.indicators.get(shown(cells[0]).trim());
    if (!indicator) return this.say({ code: 'UNKNOWN_INDICATOR', row, column: 'A', got: shown(cells[0]) });
    const category = shown(cells[CATEGORY]).trim();
    if (category !== '' && !indicator.breakdown?.includes(category))
      return this.say({ code: 'UNKNOWN_CATEGORY', row, column: columnName(CATEGORY), got: category });
    const first = this.rows.get(`${indicator.code}|${category}`);
    if (first !== undefined) return this.say({ code: 'TWICE', row, first });
    this.rows.set(`${indicator.code}|${category}`, row);
    this.read_.set(indicator.code, indicator);
    fields.forEach((field, n) => this.field(indicator, category, field, cells[FIRST_FIELD + n], row));
  }

  private field(indicator: Indicator, category: string, field: FieldName, value: SheetValue, row: number): void {
    const column = columnName(FIRST_FIELD + fields.indexOf(field));
    if (!fieldsOf(indicator).includes(field)) {
      if (!isBlank(value)) this.say({ code: 'WRONG_COLUMN', row, column });
      return;
    }
    const place = placeOf(indicator.code, category, field);
    this.at.set(place, { row, column });
    const text = isBlank(value) ? '' : textOf(value);
    if (text === undefined || wholeOf(text) === null) this.say({ code: 'NOT_WHOLE', row, column });
    else this.texts[place] = text;
  }

  /** Each figure by the check of the form, where its rows are right by themselves. */
  end(begun: Texts): SheetSaid {
    const wrong = new Set(this.faults.map(({ row }) => row));
    for (const [code, indicator] of this.read_) {
      const own = [...this.rows].filter(([place]) => place.startsWith(`${code}|`)).map(([, row]) => row);
      if (own.some((row) => wrong.has(row))) continue;
      const { fault } = saidOf(indicator, { ...begun, ...this.texts });
      if (!fault) continue;
      const { code: why, place, limit } = fault;
      this.say({
        code: why,
        ...(this.at.get(place) ?? { row: Math.min(...own) }),
        ...(limit !== undefined && { limit }),
      });
    }
    if (this.faults.length === 0) return { texts: this.texts };
    return { faults: this.faults.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)) };
  }

  private say(fault: SheetFault): void {
    this.faults.push(fault);
  }
}

/** A number is taken as it is, a text as if it were typed; anything else is none. */
const textOf = (value: SheetValue): string | undefined => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
};
