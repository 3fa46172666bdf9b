/**
 * The dashboard service's API as this page reads it: shapes and one way to ask.
 *
 * Shapes are trusted, not checked: page and service are released together from one repository, and a faulty answer is shown as an error by
 * the query that asked. Problems (`application/problem+json`) become an `ApiError` with the service's own words.
 */
import { noteAnswer } from './freshness';
import { patientFetch } from './patient-fetch';
import { presenceHeader } from './presence';

export interface Indicator {
  code: string;
  letter: string | null;
  name_vi: string;
  name_en: string;
  group: 'target' | 'activity';
  kind: 'ratio' | 'count' | 'amount';
  unit: string;
  /** The section of the plans that it comes from, as `II.2.c`. */
  source: string;
  /** 1 where a unit says yes or no. */
  max_per_unit?: number;
  /** Of a longer window: its newest month that is reported, or the sum of its months. */
  over_time: 'last' | 'sum';
  numerator_vi?: string;
  denominator_vi?: string;
  reported_by: ('commune' | 'province')[];
  breakdown?: string[];
}

export interface Catalogue {
  indicators: Indicator[];
  /** Percent of the expected reports; a figure of fewer is provisional. */
  provisionalBelow: number;
}

export interface OrgUnit {
  code: string;
  name: string;
  fullName: string;
  level: string;
  parent: string | null;
  unitType: string;
}

/** `numerator` and `denominator` for a ratio, `value` for a count. */
export interface Figure {
  numerator?: number;
  denominator?: number;
  value?: number;
}

export interface PercentTarget {
  op: '>=' | '>';
  percent: number;
  scope?: string[];
  byEnd?: { op: '>=' | '>'; percent: number };
  note?: string;
}

export type Target = PercentTarget | { trend: 'increase_year_on_year'; note?: string };

export interface Rollup extends Figure {
  indicator: string;
  percent: number | null;
  breakdown?: Record<string, Figure>;
  reporting: { expected: number; reported: number; current: number };
  target: Target | null;
  hasPlan: boolean;
  attained: boolean | null;
  updatedAt: string;
}

export interface RollupEvent extends Rollup {
  unit: string;
  window: string;
}

export type ChildRow = { unit: string; name: string; reported: boolean } & Partial<Rollup>;

interface ReportCounts {
  expected: number;
  reported: number;
  complete: number;
}

export interface ReportsEvent extends ReportCounts {
  unit: string;
  window: string;
}

export interface Completeness extends ReportCounts {
  unit: string;
  window: string;
  onTime: number;
  late: number;
  partial: number;
  missing: number;
  /** Codes of units by what at least one of their reports is. */
  units: Record<'late' | 'partial' | 'missing', string[]>;
  /** Only of a month: ISO text. */
  deadlines?: Record<'commune' | 'province', string>;
  children: (ReportCounts & { unit: string; name: string; onTime: number; late: number })[];
}

export interface Summary {
  id: string;
  unit: string;
  window: string;
  revision: number;
  status: 'pending' | 'issued' | 'failed';
  issuedAt: string | null;
  cutOff: string | null;
  checksum: string | null;
  /** Only while it is pending: what it waits for, and how many events (records, after the first stage) are left there. */
  waiting?: { for: string; left: number | null };
}

type Role = 'reporter' | 'signer' | 'analyst' | 'operator' | 'auditor';

interface Someone {
  name: string;
  roles: Role[];
  unit: string;
  unitName: string;
  level: 'country' | 'province' | 'commune';
  parent: string | null;
}

/** Who is signed in, and what he may do for his unit. */
export interface Person extends Someone {
  may: string[];
}

export interface DemoUser extends Someone {
  id: string;
}

/** Nobody is an answer too; a demonstration says then whom one can sign in as. */
export interface Me {
  signedIn: Person | null;
  demoUsers?: DemoUser[];
}

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What the service said beside it. */
    readonly problem: object = {},
  ) {
    super(message);
  }
}

/** Tells the page's sign whether the service answers (freshness.ts). A request that the page itself gave up says nothing. */
async function noted(path: string, asked: Promise<Response>): Promise<Response> {
  try {
    const response = await asked;
    noteAnswer(path, response.status);
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) noteAnswer(path, undefined);
    throw error;
  }
}

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  const response = await noted(
    path,
    patientFetch(path, {
      ...init,
      headers: { accept: 'application/json', ...presenceHeader(), ...init.headers },
    }),
  );
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string; code?: string };
  const message = problem.detail ?? problem.title ?? `HTTP ${response.status}`;
  throw new ApiError(response.status, problem.code ?? '', message, problem);
}

export const readJson = <T>(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<T> => {
  const search = new URLSearchParams(query).toString();
  return ask<T>(search ? `${path}?${search}` : path, { signal: signal ?? null });
};

export const send = <T>(path: string, body: object, method = 'POST'): Promise<T> =>
  ask<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export const readMe = (signal: AbortSignal) => readJson<Me>('/v1/me', {}, signal);

/** Ends the session, in every tab and every process. Answers where the provider's is ended, if there is such a place. */
export async function signOut(): Promise<string | undefined> {
  const response = await patientFetch('/sign-out', { method: 'POST' });
  if (!response.ok) throw new ApiError(response.status, '', `HTTP ${response.status}`);
  return response.status === 204 ? undefined : ((await response.json()) as { provider: string }).provider;
}

/** An entry of the audit trail. */
export interface AuditEntry {
  id: string;
  what: string;
  who: { id: string; name: string; kind: string; roles: string[]; unit: string } | null;
  unit: string | null;
  at: string;
  from: string | null;
  outcome: string;
  facts?: Record<string, string>;
}

export interface AuditPage {
  items: AuditEntry[];
  next?: string;
}

export const readAudit = (query: Record<string, string>, signal: AbortSignal) =>
  readJson<AuditPage>('/v1/audit', query, signal);

type Items<T> = { items: T[] };

/** Where one is signed in; `session` is what it is called when it is to be ended. */
export interface OwnSession {
  session: string;
  began: string;
  lastUsed: string;
  from: string | null;
  isThis: boolean;
}

export const readSessions = (signal: AbortSignal) => readJson<Items<OwnSession>>('/v1/sessions', {}, signal);

export const endSessions = (which: { session: string } | { others: true }) =>
  send<{ ended: number }>('/v1/sessions/end', which);

export const readCatalogue = (signal: AbortSignal) => readJson<Catalogue>('/v1/catalogue', {}, signal);

export const readProvinces = (signal: AbortSignal) =>
  readJson<Items<OrgUnit>>('/v1/units', { level: 'province' }, signal);

/** What figures are asked for. */
export interface Place {
  unit: string;
  window: string;
  /** As known at which instant, ISO text; `undefined`: now. */
  asOf: string | undefined;
}

export const asOfQuery = (asOf: string | undefined): Record<string, string> => (asOf === undefined ? {} : { asOf });

export const readRollups = ({ unit, window, asOf }: Place, signal: AbortSignal) =>
  readJson<Items<Rollup>>('/v1/rollups', { unit, window, ...asOfQuery(asOf) }, signal);

export const readChildren = ({ unit, window, asOf }: Place, indicator: string, signal: AbortSignal) =>
  readJson<Items<ChildRow>>(
    `/v1/units/${encodeURIComponent(unit)}/children`,
    { window, indicator, ...asOfQuery(asOf) },
    signal,
  );

/** A change of a cell below a figure. */
export interface FigureChange {
  at: string;
  unit: string;
  period: string;
  cause: 'event' | 'decision';
  event: { id: string; revision: number; time: string } | null;
  /** Of the cell; `null` where it says nothing. */
  before: Figure | null;
  after: Figure | null;
  /** Of the figure whose history it is. */
  difference: Figure;
  total: Figure;
}

export interface HistoryPage {
  items: FigureChange[];
  next?: string;
}

export const readHistory = (
  unit: string,
  query: { window: string; indicator: string; limit: string; cursor?: string },
  signal: AbortSignal,
) => readJson<HistoryPage>(`/v1/units/${encodeURIComponent(unit)}/history`, query, signal);

export const readCompleteness = (unit: string, window: string, signal: AbortSignal) =>
  readJson<Completeness>('/v1/completeness', { unit, window }, signal);

/** An event that was refused. */
export interface Refusal {
  unit?: string;
  code: string;
  pointer: string;
  indicator?: string;
  period?: string;
  receivedAt: string;
  /** When the same figure was reported again and accepted; ISO text. */
  mendedAt?: string;
}

export const MOST_REFUSALS = 1000;

export const readRefusals = (unit: string, signal: AbortSignal) =>
  readJson<Items<Refusal>>('/v1/rejections', { unit, limit: String(MOST_REFUSALS) }, signal);

export const readSummaries = (signal: AbortSignal) => readJson<Items<Summary>>('/v1/summaries', {}, signal);

export const requestSummary = (window: string) => send<{ id: string }>('/v1/summaries', { window });

/** A reminder on one channel, and what became of it. */
export interface Reminder {
  id: string;
  unit: string;
  name: string;
  period: string;
  step: string;
  channel: 'email' | 'webhook' | 'none';
  state: string;
  about: string[];
  to?: string[];
  attempts: number;
  reason?: string;
  plannedAt: string;
  settledAt: string | null;
}

export const readReminders = (unit: string, period: string, signal: AbortSignal) =>
  readJson<Items<Reminder>>('/v1/reminders', { unit, period, limit: '1000' }, signal);

/** Where a unit is reminded; `secret` only where it was just made. */
export interface Contacts {
  unit: string;
  emails: string[];
  webhook: string | null;
  revision: number;
  updatedAt: string | null;
  secret?: string;
}

const contactsOf = (unit: string) => `/v1/units/${encodeURIComponent(unit)}/contacts`;

export const readContacts = (unit: string, signal: AbortSignal) => readJson<Contacts>(contactsOf(unit), {}, signal);

export const saveContacts = ({
  unit,
  ...body
}: Pick<Contacts, 'unit' | 'emails' | 'webhook' | 'revision'> & { newSecret: boolean }) =>
  send<Contacts>(contactsOf(unit), body, 'PUT');

/** A province's month, or a commune's part of it. */
export interface Month {
  unit: string;
  period: string;
  state: 'open' | 'locked';
  cutOff: string;
  lockedAt: string | null;
  by: { name: string } | null;
  figures: string;
  ownFigures: string;
  submitted: { unit: string; at: string; by: { name: string }; isCurrent: boolean }[];
  held: number;
}

type Percented = Figure & { percent: number | null };

/** What a correction changes of a level's figure of a window; without `before` and `after` where one may not see it. */
export interface Effect {
  unit: string;
  window: string;
  before?: Percented | null;
  after?: Percented | null;
  difference: Figure;
}

export interface HeldCorrection {
  id: string;
  unit: string;
  indicator: string;
  period: string;
  before?: Figure | null;
  after: Figure | null;
  receivedAt: string;
  event: { id: string; revision: number; time: string } | null;
  effect?: Effect[];
  decided?: { decision: 'accepted' | 'refused'; reason?: string; at: string; by: { name: string } };
}

export interface HeldList {
  total: number;
  /** Of those that wait: how many of each unit's month, beyond the items that are listed too. */
  months?: { unit: string; period: string; held: number }[];
  items: HeldCorrection[];
}

const monthAt = (unit: string, period: string) => `/v1/months/${encodeURIComponent(unit)}/${period}`;

export const readMonth = (unit: string, period: string, signal: AbortSignal) =>
  readJson<Month>(monthAt(unit, period), {}, signal);

/** What is decided of a month, by what its signer saw of it. */
export type MonthDecision =
  | { what: 'submit'; figures: string }
  | { what: 'lock'; cutOff: string; figures: string }
  | { what: 'reopen'; reason: string };

export const decideMonth = (unit: string, period: string, { what, ...body }: MonthDecision) =>
  send<Month>(`${monthAt(unit, period)}/${what}`, body);

export const readHeld = (unit: string, isDecided: boolean, signal: AbortSignal) =>
  readJson<HeldList>('/v1/held', { unit, ...(isDecided && { decided: 'true' }) }, signal);

/** One correction, or all of a unit's month that were received up to an instant. */
export type Verdict = { verdict: 'accept' | 'refuse'; reason: string } & (
  { id: string } | { unit: string; period: string; upTo: string }
);

export const decideHeld = ({ verdict, reason, ...which }: Verdict) => {
  const why = reason === '' ? {} : { reason };
  return 'id' in which
    ? send<object>(`/v1/held/${encodeURIComponent(which.id)}/${verdict}`, why)
    : send<object>(`/v1/held/${verdict}`, { ...which, ...why });
};

export const readEveryCommune = (signal: AbortSignal) =>
  readJson<Items<OrgUnit>>('/v1/units', { level: 'commune' }, signal);

export const readCommunes = (province: string, signal: AbortSignal) =>
  readJson<Items<OrgUnit>>('/v1/units', { level: 'commune', parent: province }, signal);
