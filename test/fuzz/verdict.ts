/**
 * What must be so of every answer, and of all of them together: no 5xx, no late one, none missing, and every event accounted for.
 */
import type { RequestCase } from './request-case.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Milliseconds until its head was there. */
  readonly ms: number;
}

export const LATE_MS = 15_000;
const EVENTS = '/v1/events';
const PROBLEM = 'application/problem+json';

interface EventsAnswer {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number }[];
}

/** What an answer says of the events that were sent; undefined where it says nothing of them. */
export const eventsIn = ({ path }: RequestCase, { body }: Answer): EventsAnswer | undefined => {
  if (!path.startsWith(EVENTS) || !body.startsWith('{')) return undefined;
  const said = parsed(body) as Partial<EventsAnswer> | undefined;
  return said?.received === undefined ? undefined : (said as EventsAnswer);
};

/** A probe that says that something is away, or too busy to answer, has done its work. */
const isProbe = ({ path }: RequestCase): boolean => path.startsWith('/readyz');

/** What is wrong with an answer, in words; a text is why none came. */
export const answerFaults = (request: RequestCase, answer: Answer | string): string[] => {
  if (typeof answer === 'string') return [answer];
  const { status, type, body, ms } = answer;
  return [
    ...(status >= 500 && !(status === 503 && isProbe(request)) ? [`answered ${status}: ${body.slice(0, 200)}`] : []),
    ...(ms > LATE_MS ? [`answered after ${ms} ms`] : []),
    ...(type === PROBLEM && body !== '' && statusIn(body) !== status ? [`a problem that says ${statusIn(body)}`] : []),
    ...(request.path.startsWith('/v1/') && status >= 400 && type !== PROBLEM ? [`${status} is no problem+json`] : []),
    ...accountFaults(request, answer),
  ];
};

const accountFaults = (request: RequestCase, answer: Answer): string[] => {
  const said = eventsIn(request, answer);
  if (said === undefined) return answer.status === 202 && request.path.startsWith(EVENTS) ? ['202 without a word'] : [];
  const { received, accepted, rejected } = said;
  const indices = new Set(rejected.map(({ index }) => index));
  const isWithin = [...indices].every((index) => index >= 0 && index < received);
  return [
    ...(accepted + rejected.length === received ? [] : [`${accepted} and ${rejected.length} are not ${received}`]),
    ...(indices.size === rejected.length && isWithin ? [] : ['an index that is twice, or nowhere']),
    ...(request.events === undefined || request.events === received
      ? []
      : [`${request.events} sent, ${received} read`]),
    ...((answer.status === 202) === accepted > 0 ? [] : [`${answer.status} with ${accepted} accepted`]),
  ];
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const statusIn = (body: string): unknown => (parsed(body) as { status?: unknown } | undefined)?.status;

/** What was sent and said, and what stands in the topics of it. */
export interface Books {
  /** Said over HTTP. */
  readonly accepted: number;
  readonly refused: number;
  /** Records that the broker took. */
  readonly records: number;
  /** Events in all event topics. */
  readonly events: number;
  /** Places of the event topics whose records the judge refuses. */
  readonly refusedPlaces: ReadonlySet<string>;
  /** Places that rejected-events names, `http` for what came over HTTP. */
  readonly rejections: readonly string[];
}

export const HTTP = 'http';

export const bookFaults = ({ accepted, refused, records, events, refusedPlaces, rejections }: Books): string[] => {
  const places = rejections.filter((place) => place !== HTTP);
  const http = rejections.length - places.length;
  const once = new Set(places);
  return [
    ...(events === accepted + records ? [] : [`${accepted} accepted and ${records} records, but ${events} events`]),
    ...(http === refused ? [] : [`${refused} refused over HTTP, but ${http} stand in rejected-events`]),
    ...(places.length === once.size ? [] : [`${places.length - once.size} refusals stand there twice`]),
    ...[...refusedPlaces].filter((place) => !once.has(place)).map((place) => `${place} is refused, and stands nowhere`),
    ...[...once].filter((place) => !refusedPlaces.has(place)).map((place) => `${place} ought not to be refused`),
  ];
};
