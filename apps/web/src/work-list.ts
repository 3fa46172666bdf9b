/**
 * What a province has to see to in a window, unit by unit: who has not sent, who was late, whose report lacks indicators, whose events were
 * refused, whose corrections wait, whose figures are to be asked about. Made of four answers, so that one list says it all.
 */
import type { Completeness, HeldList, Refusal } from './api';
import type { SuspiciousFigure } from './api-suspicious';
import { sorted } from './search';
import type { NamedUnit } from './unit-names';
import { daysOf, holdsMonth, vietnamDay, type ReportWindow } from './window';

export const workKinds = ['missing', 'late', 'partial', 'refused', 'held', 'suspicious'] as const;
export type WorkKind = (typeof workKinds)[number];

export const isWorkKind = (text: string | null): text is WorkKind => workKinds.some((kind) => kind === text);

interface WorkItem {
  unit: string;
  /** Events refused or corrections held; of a report, and of a suspicious figure, it is one. */
  count: number;
  /** The `id` of the place on the page where it stands. */
  place: string;
}

export type Work = Record<WorkKind, WorkItem[]>;

interface Sources {
  units: Completeness['units'];
  refusals: readonly Refusal[];
  held: Pick<HeldList, 'months' | 'items'>;
  suspicious: readonly SuspiciousFigure[];
  window: ReportWindow;
}

export function workOf({ units, refusals, held, suspicious, window }: Sources): Work {
  const reports = (codes: readonly string[]) =>
    codes.map((unit) => ({ unit, count: 1, place: unit.length === 5 ? `commune-${unit}` : 'month-title' }));
  const refused = refusals.filter((refusal) => refusal.mendedAt === undefined && isOfWindow(refusal, window));
  const waiting = (held.months ?? []).filter(({ period }) => holdsMonth(window, period));
  // Of what is further down than the first page only the panel is there.
  const listed = new Set(held.items.map(({ unit, period }) => `held-${unit}-${period}`));
  const placeOf = (id: string) => (listed.has(id) ? id : 'held-title');
  return {
    missing: reports(units.missing),
    late: reports(units.late),
    partial: reports(units.partial),
    refused: byUnit(refused, ({ unit, code }) => `refused-${unit}-${code}`),
    held: byUnit(
      waiting,
      ({ unit, period }) => placeOf(`held-${unit}-${period}`),
      (month) => month.held,
    ),
    suspicious: suspicious.map(({ unit }) => ({ unit, count: 1, place: '' })),
  };
}

/** One for each unit, with the place of its first; what is of no known unit is for the operator. */
function byUnit<T extends { unit?: string }>(
  items: readonly T[],
  placeOf: (item: T) => string,
  countOf: (item: T) => number = () => 1,
): WorkItem[] {
  const found = new Map<string, WorkItem>();
  for (const item of items) {
    if (item.unit === undefined) continue;
    const known = found.get(item.unit) ?? { unit: item.unit, count: 0, place: placeOf(item) };
    found.set(item.unit, { ...known, count: known.count + countOf(item) });
  }
  return [...found.values()];
}

/** One that does not say its month is of the months whose reports were coming in then: until the next month is over. */
function isOfWindow({ period, receivedAt }: Refusal, window: ReportWindow): boolean {
  if (period !== undefined) return holdsMonth(window, period);
  const day = vietnamDay(new Date(receivedAt));
  const [year, month] = window.lastMonth === 12 ? [window.year + 1, 1] : [window.year, window.lastMonth + 1];
  return daysOf(window).from <= day && day <= `${year}-${String(month).padStart(2, '0')}-14`;
}

/** What is shown: what was asked for, else the first kind that there is something of. */
export const shownKind = (asked: WorkKind | undefined, work: Work): WorkKind =>
  asked ?? workKinds.find((kind) => work[kind].length > 0) ?? 'missing';

export type WorkRow = WorkItem & NamedUnit;

/** In the order of their names, and of their codes where two have one name. */
export function namedRows<T extends { unit: string }>(
  items: readonly T[],
  nameOf: (unit: string) => NamedUnit,
): (T & NamedUnit)[] {
  const rows = items.map((item) => ({ ...item, ...nameOf(item.unit) }));
  return sorted(
    sorted(rows, ({ unit }) => unit, 'ascending'),
    ({ name }) => name,
    'ascending',
  );
}
