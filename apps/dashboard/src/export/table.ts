/**
 * An answer of the API as a table: a row for each of its items, with names beside codes and days beside periods.
 *
 * Figures always have the same columns; a breakdown becomes rows of its own, one for each category, and the rows without a category are the
 * whole. Of other lists the columns are the members, in snake_case, members of members after what they stand in (`by_name`). What an answer
 * says of all its items stands in each row, and each row says what it may be used for (`classification`).
 */
import {
  ictDay,
  indicatorIndex,
  indicators,
  monthEnd,
  monthsOfWindow,
  monthStart,
  unitOf,
  windowIndex,
  type Indicator,
} from '#domain';

export type Cell = string | number | bigint | boolean | null;
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

type Json = Readonly<Record<string, unknown>>;
type Row = Readonly<Record<string, Cell>>;

/** Undefined where the answer is no list. */
export const tableOf = (answer: unknown): Table | undefined => {
  if (!isObject(answer)) return undefined;
  const isCompared = Array.isArray(answer.rows);
  const list = isCompared ? cellsOf(answer.rows as unknown[]) : listIn(answer);
  if (list === undefined) return undefined;
  const head = Object.fromEntries(
    Object.entries(answer).filter(([name, value]) => name !== 'next' && typeof value !== 'object'),
  );
  const items = list.filter(isObject);
  const isOfFigures = items.some(isFigure) || (items.length === 0 && isOfWindows(head));
  const rows = items.flatMap((item) => (isOfFigures ? figureRows(head, item) : [otherRow(head, item)]));
  const figureColumns = isCompared ? COMPARED_COLUMNS : FIGURE_COLUMNS;
  const columns = isOfFigures ? figureColumns : [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((column) => row[column] ?? null)) };
};
/** A list that says how many there are beside it is of other things than figures. */
const isOfWindows = ({ window, from, total }: Json): boolean => (window ?? from) !== undefined && total === undefined;

const LISTS = ['items', 'children', 'indicators'];

/** Counts of a unit that has no children are a list of its own. */
const listIn = (answer: Json): readonly unknown[] | undefined => {
  const list = LISTS.map((name) => answer[name]).find(Array.isArray) as readonly unknown[] | undefined;
  if (list !== answer.children || list?.length !== 0) return list;
  const { window: _window, ...own } = answer;
  return [Object.fromEntries(Object.entries(own).filter(([, value]) => typeof value !== 'object'))];
};

/** Of a table of units by indicators (`/v1/units/{code}/table`): each cell with the unit that it is of. */
const cellsOf = (rows: readonly unknown[]): Json[] =>
  rows
    .filter(isObject)
    .flatMap(({ unit, hasPlan, items }) =>
      (Array.isArray(items) ? items : []).filter(isObject).map((item) => ({ unit, hasPlan, ...item })),
    );

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFigure = (item: Json): boolean => isObject(item.reporting);

const FIGURE_COLUMNS = [
  ...['unit', 'unit_name', 'unit_level', 'parent', 'window', 'window_from', 'window_to'],
  ...['indicator', 'indicator_name', 'kind', 'measure', 'category'],
  ...['numerator', 'denominator', 'value', 'percent', 'expected', 'reported', 'current'],
  ...['target_op', 'target_percent', 'target_trend', 'has_plan', 'attained', 'updated_at', 'as_of', 'classification'],
];

/** With what a figure is compared with. */
const COMPARED_COLUMNS = [
  ...FIGURE_COLUMNS.slice(0, -1),
  ...['gap', 'before_window', 'before_numerator', 'before_denominator', 'before_value', 'before_percent'],
  'classification',
];

const comparisonOf = ({ before: window }: Json, { gap, before }: Json): Row => {
  const { numerator, denominator, value, percent } = isObject(before) ? before : {};
  return {
    gap: cell(gap),
    before_window: cell(window),
    before_numerator: cell(numerator),
    before_denominator: cell(denominator),
    before_value: cell(value),
    before_percent: cell(percent),
  };
};

/** The whole, then each category of its breakdown. */
const figureRows = (head: Json, item: Json): Row[] => {
  const { asOf } = head;
  const { window, indicator: code, reporting, target } = { ...head, ...item } as Json & { readonly reporting?: Json };
  const indicator = indicators[indicatorIndex(String(code)) ?? -1] as Indicator | undefined;
  const common = {
    ...namesOf('unit', String(item.unit ?? head.unit)),
    ...daysOf('window', String(window)),
    indicator: code as Cell,
    indicator_name: indicator?.name_vi ?? null,
    kind: indicator?.kind ?? null,
    measure: indicator?.unit ?? null,
    expected: cell(reporting?.expected),
    reported: cell(reporting?.reported),
    current: cell(reporting?.current),
    has_plan: cell(item.hasPlan),
    updated_at: cell(item.updatedAt),
    as_of: cell(asOf),
  };
  const { op, percent, trend } = isObject(target) ? target : {};
  const targets = { target_op: cell(op), target_percent: cell(percent), target_trend: cell(trend) };
  const parts = isObject(item.breakdown) ? Object.entries(item.breakdown) : [];
  return [
    classified({
      ...common,
      ...numbersOf(item),
      ...targets,
      percent: cell(item.percent),
      attained: cell(item.attained),
      ...comparisonOf(head, item),
    }),
    ...parts.map(([category, figure]) => classified({ ...common, category, ...numbersOf(figure as Json) })),
  ];
};

const numbersOf = ({ numerator, denominator, value }: Json): Row => ({
  numerator: cell(numerator),
  denominator: cell(denominator),
  value: cell(value),
});

const otherRow = (head: Json, item: Json): Row => {
  const members = Object.entries(head).map(([name, value]) => [name in item ? `of_${name}` : name, value]);
  const { name, ...rest } = item;
  // The name of a unit stands beside its code already.
  const own = typeof item.unit === 'string' ? rest : { ...rest, ...(name === undefined ? {} : { name }) };
  return classified(flat({ ...(Object.fromEntries(members) as Json), ...own }));
};

/** Members of members under their names, and beside each code what it stands for. */
const flat = (value: Json, prefix = ''): Row =>
  Object.assign(
    {},
    ...Object.entries(value).map(([name, member]) => {
      const column = prefix + snake(name);
      if (isObject(member)) return flat(member, `${column}_`);
      if (Array.isArray(member)) return { [column]: textOf(member) };
      const text = typeof member === 'string' ? member : '';
      if (['unit', 'of_unit'].includes(column) && text !== '') return namesOf(column, text);
      if (['window', 'period'].includes(column) && text !== '') return daysOf(column, text);
      return { [column]: cell(member) };
    }),
  ) as Row;

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const textOf = (list: readonly unknown[]): string =>
  list.some((each) => typeof each === 'object') ? JSON.stringify(list) : list.join(' ');

const cell = (value: unknown): Cell => (value ?? null) as Cell;

/** Of a unit's code: its name, level, and the unit above. */
const namesOf = (column: string, code: string): Row => {
  const unit = unitOf(code);
  const names = {
    [column]: code,
    [`${column}_name`]: unit?.fullName ?? null,
    [`${column}_level`]: unit?.level ?? null,
  };
  return column === 'unit' ? { ...names, parent: unit?.parent || null } : names;
};

/** Of a window or month: its first and its last day, in Việt Nam. */
const daysOf = (column: string, code: string): Row => {
  const window = windowIndex(code);
  if (window === undefined) return { [column]: code };
  const months = monthsOfWindow(window);
  const from = ictDay(monthStart(months[0]));
  const to = ictDay(monthEnd(months[months.length - 1]) - 1);
  return { [column]: code, [`${column}_from`]: from, [`${column}_to`]: to };
};

/** A commune's own are restricted, as reading them is audited; others are for use within the agencies. */
const classified = (row: Row): Row => ({
  ...row,
  classification: row.unit_level === 'commune' ? 'restricted' : 'internal',
});
