/**
 * The dashboard service's API as this page reads it, through the client that is made of the API's description: its shapes by the names that
 * the page has for them, and one way to ask.
 *
 * Answers are trusted, not checked: page and service are released together from one repository, and a faulty answer is shown as an error by
 * the query that asked. Problems (`application/problem+json`) become an `ApiError` with the service's own words. What the stream brings is no
 * part of the description, so those two shapes stand here.
 */
import { dashboardClient, type components, type paths } from '../../../libs/client/src/index';
import { noteAnswer } from './freshness';
import { patientFetch } from './patient-fetch';
import { presenceHeader } from './presence';

export type Schemas = components['schemas'];

/** `II.2.c` in `source` is a section of the plans; `max_per_unit` is 1 where a unit says yes or no. */
export type Indicator = Schemas['Indicator'];
export type Catalogue = Schemas['Catalogue'];
/** `numerator` and `denominator` for a ratio, `value` for a count. */
export type Figure = Schemas['Figure'];
export type Target = Schemas['Target'];
export type PercentTarget = Extract<Target, { percent: number }>;
export type Rollup = Schemas['Rollup'];
export type ChildRow = Schemas['Child'];
export type Completeness = Schemas['Completeness'];
export type Summary = Schemas['Summary'];
/** Who is signed in, and what he may do for his unit. */
export type Person = Schemas['Person'];
/** Nobody is an answer too; a demonstration says then whom one can sign in as. */
export type Me = Schemas['Me'];
export type DemoUser = NonNullable<Me['demoUsers']>[number];
export type AuditEntry = Schemas['AuditTrail']['items'][number];
/** Where one is signed in; `session` is what it is called when it is to be ended. */
export type OwnSession = Schemas['Sessions']['items'][number];
/** A change of a cell below a figure. */
export type FigureChange = Schemas['Change'];
/** An event that was refused. */
export type Refusal = Schemas['Rejection'];
/** A reminder on one channel, and what became of it. */
export type Reminder = Schemas['Reminder'];
/** Where a unit is reminded; `secret` only where it was just made. */
export type Contacts = Schemas['Contacts'];
/** A province's month, or a commune's part of it. */
export type Month = Schemas['Month'];
export type HeldCorrection = Schemas['HeldCorrection'];
export type HeldList = Schemas['HeldCorrections'];
/** What a correction changes of a level's figure of a window; without `before` and `after` where one may not see it. */
export type Effect = NonNullable<HeldCorrection['effect']>[number];

export interface RollupEvent extends Rollup {
  unit: string;
  window: string;
}

export interface ReportsEvent {
  unit: string;
  window: string;
  expected: number;
  reported: number;
  complete: number;
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

/** Asks, and tells the page's sign whether the service answers (freshness.ts). A request that the page itself gave up says nothing. */
async function noted(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  try {
    const response = await patientFetch(request);
    noteAnswer(path, response.status);
    return response;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) noteAnswer(path, undefined);
    throw error;
  }
}

const fetchHere = (request: Request): Promise<Response> => {
  for (const [name, value] of Object.entries(presenceHeader())) request.headers.set(name, value);
  return noted(request);
};

/** The API, with the page's own way to ask: for what is read after it asked, since it asks when something has changed. */
export const dashboard = dashboardClient({ fetch: fetchHere, cache: 'no-cache' });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** What was answered. Throws `ApiError` for a problem. */
export async function answerOf<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  // Of a service that is away a proxy may say anything.
  const problem = (typeof error === 'object' && error !== null ? error : {}) as Partial<Schemas['Problem']>;
  const message = problem.detail ?? problem.title ?? `HTTP ${response.status}`;
  throw new ApiError(response.status, problem.code ?? '', message, problem);
}

export const readMe = (signal: AbortSignal) => answerOf(dashboard.GET('/v1/me', { signal }));

/**
 * Ends the session, in every tab and every process. Answers where the provider's is ended, if there is such a place. It is asked for by itself:
 * whether it is answered says nothing of the figures that are shown.
 */
export async function signOut(): Promise<string | undefined> {
  const answer = await answerOf<Schemas['SignedOut'] | undefined>(
    dashboard.POST('/sign-out', { fetch: (request) => patientFetch(request) }),
  );
  return answer?.provider;
}

/** What a filter offers are the words that the service knows, kept as text in the page's address. */
type AuditQuery = paths['/v1/audit']['get']['parameters']['query'];

export const readAudit = (query: Record<string, string>, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/audit', { params: { query: query as AuditQuery }, signal }));

export const readSessions = (signal: AbortSignal) => answerOf(dashboard.GET('/v1/sessions', { signal }));

export const endSessions = (which: Schemas['EndSessions']) =>
  answerOf(dashboard.POST('/v1/sessions/end', { body: which }));

export const readCatalogue = (signal: AbortSignal) => answerOf(dashboard.GET('/v1/catalogue', { signal }));

export const readProvinces = (signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/units', { params: { query: { level: 'province' } }, signal }));

/** What figures are asked for. */
export interface Place {
  unit: string;
  window: string;
  /** As known at which instant, ISO text; `undefined`: now. */
  asOf: string | undefined;
}

export const asOfQuery = (asOf: string | undefined): { asOf?: string } => (asOf === undefined ? {} : { asOf });

/** An indicator comes out of the page's address, where anything may stand; the service refuses what it does not know. */
const indicatorOf = (code: string) => code as Schemas['IndicatorCode'];

export const readRollups = ({ unit, window, asOf }: Place, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/rollups', { params: { query: { unit, window, ...asOfQuery(asOf) } }, signal }));

export const readChildren = ({ unit, window, asOf }: Place, indicator: string, signal: AbortSignal) => {
  const query = { window, indicator: indicatorOf(indicator), ...asOfQuery(asOf) };
  return answerOf(dashboard.GET('/v1/units/{code}/children', { params: { path: { code: unit }, query }, signal }));
};

export const readHistory = (
  unit: string,
  query: { window: string; indicator: string; limit: number; cursor?: string },
  signal: AbortSignal,
) => {
  const asked = { ...query, indicator: indicatorOf(query.indicator) };
  return answerOf(
    dashboard.GET('/v1/units/{code}/history', { params: { path: { code: unit }, query: asked }, signal }),
  );
};

export const readCompleteness = (unit: string, window: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/completeness', { params: { query: { unit, window } }, signal }));

export const MOST_REFUSALS = 1000;

export const readRefusals = (unit: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/rejections', { params: { query: { unit, limit: MOST_REFUSALS } }, signal }));

export const readSummaries = (signal: AbortSignal) => answerOf(dashboard.GET('/v1/summaries', { signal }));

export const requestSummary = (window: string) => answerOf(dashboard.POST('/v1/summaries', { body: { window } }));

export const readReminders = (unit: string, period: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/reminders', { params: { query: { unit, period, limit: 1000 } }, signal }));

const contactsPath = '/v1/units/{code}/contacts';

export const readContacts = (unit: string, signal: AbortSignal) =>
  answerOf(dashboard.GET(contactsPath, { params: { path: { code: unit } }, signal }));

export const saveContacts = ({ unit, ...body }: { unit: string } & Schemas['ContactsRequest']) =>
  answerOf(dashboard.PUT(contactsPath, { params: { path: { code: unit } }, body }));

export const readMonth = (unit: string, period: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/months/{unit}/{period}', { params: { path: { unit, period } }, signal }));

/** What is decided of a month, by what its signer saw of it. */
export type MonthDecision =
  | { what: 'submit'; figures: string }
  | { what: 'lock'; cutOff: string; figures: string }
  | { what: 'reopen'; reason: string };

export const decideMonth = (unit: string, period: string, decision: MonthDecision): Promise<Month> => {
  const params = { path: { unit, period } };
  switch (decision.what) {
    case 'submit': {
      const { figures } = decision;
      return answerOf(dashboard.POST('/v1/months/{unit}/{period}/submit', { params, body: { figures } }));
    }
    case 'lock': {
      const { cutOff, figures } = decision;
      return answerOf(dashboard.POST('/v1/months/{unit}/{period}/lock', { params, body: { cutOff, figures } }));
    }
    case 'reopen': {
      const { reason } = decision;
      return answerOf(dashboard.POST('/v1/months/{unit}/{period}/reopen', { params, body: { reason } }));
    }
  }
};

export const readHeld = (unit: string, isDecided: boolean, signal: AbortSignal) => {
  const query = { unit, ...(isDecided && { decided: 'true' as const }) };
  return answerOf(dashboard.GET('/v1/held', { params: { query }, signal }));
};

/** One correction, or all of a unit's month that were received up to an instant. A refusal has a reason. */
export type Verdict = { verdict: 'accept' | 'refuse'; reason: string } & (
  { id: string } | { unit: string; period: string; upTo: string }
);

export const decideHeld = ({ verdict, reason, ...which }: Verdict): Promise<object> => {
  const maybe = reason === '' ? {} : { reason };
  if ('id' in which) {
    const params = { path: { id: which.id } };
    return verdict === 'accept'
      ? answerOf(dashboard.POST('/v1/held/{id}/accept', { params, body: maybe }))
      : answerOf(dashboard.POST('/v1/held/{id}/refuse', { params, body: { reason } }));
  }
  return verdict === 'accept'
    ? answerOf(dashboard.POST('/v1/held/accept', { body: { ...which, ...maybe } }))
    : answerOf(dashboard.POST('/v1/held/refuse', { body: { ...which, reason } }));
};

const communesBelow = (parent: { parent?: string }, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/units', { params: { query: { level: 'commune', ...parent } }, signal }));

export const readEveryCommune = (signal: AbortSignal) => communesBelow({}, signal);

export const readCommunes = (province: string, signal: AbortSignal) => communesBelow({ parent: province }, signal);
