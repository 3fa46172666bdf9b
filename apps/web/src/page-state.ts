/**
 * What the page shows, as its address says it: `/tinh/01?window=2026-Q1&lang=en`, `/xa/00004` for a commune, or `/` for the country. Addresses from before provinces had
 * a path (`/?unit=01`) still open. A unit or a window that cannot be is said to be unknown: the country in its place would be taken for it.
 */
import { instantOf } from './as-of';
import type { Lang } from './format';
import { isSorting } from './sorting';
import { isWorkKind, type WorkKind } from './work-list';
import { whyFrom, whyText, type Why } from './why';
import { parseWindow } from './window';

export interface PageState {
  /** `undefined`: the report month that it is, or that is due, when the page is open (home-month.ts). */
  window: string | undefined;
  unit: string;
  /** As known at which instant, ISO text; `undefined`: now, and live. */
  asOf: string | undefined;
  lang: Lang | undefined;
  /** `audit`: the audit trail in place of figures. */
  view: 'audit' | undefined;
  /** The indicator that maps and tables are about, by its code; `undefined`: each its own. */
  indicator: string | undefined;
  /** Tables in place of maps. */
  asTable: boolean;
  /** What the league table compares; `undefined`: the figures themselves. */
  measure: Measure | undefined;
  /** How tables are ordered, as sorting.ts reads it. */
  sort: string | undefined;
  /** Which work of a province is listed; `undefined`: the first that there is. */
  work: WorkKind | undefined;
  /** Whether a province's calendar of reports is open. */
  calendar: boolean;
  /** The figure whose making is shown over the page. */
  why: Why | undefined;
}

export const measures = ['gap', 'change'] as const;
export type Measure = (typeof measures)[number];

/** What an address asks for that cannot be, in the address's own words. */
export interface Unknown {
  what: 'unit' | 'window' | 'indicator';
  asked: string;
}

type Address = Pick<Location, 'pathname' | 'search'>;

const country = 'VN';
const ofProvince = '/tinh/';
const ofCommune = '/xa/';

const askedUnit = ({ pathname, search }: Address): string => {
  const prefix = [ofProvince, ofCommune].find((each) => pathname.startsWith(each));
  const asked = prefix ? pathname.slice(prefix.length).replace(/\/$/, '') : new URLSearchParams(search).get('unit');
  return asked || country;
};

/** A code of a province or a commune, or the country's; whether there is such a unit, only the service says. */
const isUnit = (unit: string): boolean => unit === country || /^(\d{2}|\d{5})$/.test(unit);

export function readPageState(address: Address): PageState {
  const query = new URLSearchParams(address.search);
  const window = query.get('window') ?? '';
  const unit = askedUnit(address);
  const lang = query.get('lang');
  const sort = query.get('sort') ?? '';
  const work = query.get('work');
  return {
    window: parseWindow(window) ? window : undefined,
    unit: isUnit(unit) ? unit : country,
    asOf: instantOf(query.get('asOf') ?? ''),
    lang: lang === 'vi' || lang === 'en' ? lang : undefined,
    view: query.get('view') === 'audit' ? 'audit' : undefined,
    indicator: query.get('indicator') || undefined,
    asTable: query.get('show') === 'table',
    measure: measures.find((each) => each === query.get('measure')),
    sort: isSorting(sort) ? sort : undefined,
    work: isWorkKind(work) ? work : undefined,
    calendar: query.get('calendar') === 'open',
    why: whyFrom(query.get('why') ?? '', query.get('event') ?? ''),
  };
}

export function unknownIn(address: Address): Unknown | undefined {
  const unit = askedUnit(address);
  if (!isUnit(unit)) return { what: 'unit', asked: unit };
  const window = new URLSearchParams(address.search).get('window');
  return window && !parseWindow(window) ? { what: 'window', asked: window } : undefined;
}

export function writePageState(state: PageState): string {
  const query = new URLSearchParams();
  if (state.window) query.set('window', state.window);
  if (state.asOf) query.set('asOf', state.asOf);
  if (state.view) query.set('view', state.view);
  if (state.indicator) query.set('indicator', state.indicator);
  if (state.asTable) query.set('show', 'table');
  if (state.measure) query.set('measure', state.measure);
  if (state.sort) query.set('sort', state.sort);
  if (state.work) query.set('work', state.work);
  if (state.calendar) query.set('calendar', 'open');
  if (state.why) query.set('why', whyText(state.why));
  if (state.why?.event) query.set('event', state.why.event);
  if (state.lang) query.set('lang', state.lang);
  const text = query.toString();
  return `${pathOf(state.unit)}${text && `?${text}`}`;
}

const pathOf = (unit: string): string => {
  if (unit === country) return '/';
  return `${unit.length === 2 ? ofProvince : ofCommune}${unit}`;
};
