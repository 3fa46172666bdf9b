/** What callers may ask for, and the answer when they ask for something else. */
import { AppError, indicatorIndex, parseInstant, unitOf, windowCode, windowIndex, type Unit } from '#domain';
import { MOST_WINDOWS } from './parameters.js';

class UnknownUnit extends AppError {
  readonly code = 'UNKNOWN_UNIT';
  readonly retryable = false;
}
export class InvalidWindow extends AppError {
  readonly code = 'INVALID_WINDOW';
  readonly retryable = false;
}
class UnknownIndicator extends AppError {
  readonly code = 'UNKNOWN_INDICATOR';
  readonly retryable = false;
}
class NotJson extends AppError {
  readonly code = 'UNSUPPORTED_MEDIA_TYPE';
  readonly retryable = false;
}
export class NotFound extends AppError {
  readonly code = 'NOT_FOUND';
  readonly retryable = false;
}

/** Of two who change contacts at once, the second. */
export class ContactsChanged extends AppError {
  readonly code = 'CONTACTS_CHANGED';
  readonly retryable = false;
}

/** A request with a cookie that the page of another site sent (CSRF). */
export class CrossSite extends AppError {
  readonly code = 'CROSS_SITE';
  readonly retryable = false;
}

/** What takes a sign-in a short while ago. */
export class SignInAgain extends AppError {
  readonly code = 'SIGN_IN_AGAIN';
  readonly retryable = false;
}

/** A parameter that is not known here, or means nothing. */
export class InvalidParameter extends AppError {
  readonly code = 'INVALID_PARAMETER';
  readonly retryable = false;
}

export const statusOf = {
  INVALID_PARAMETER: 400,
  UNKNOWN_UNIT: 404,
  INVALID_WINDOW: 400,
  UNKNOWN_INDICATOR: 400,
  NOT_FOUND: 404,
  UNSUPPORTED_MEDIA_TYPE: 415,
  CROSS_SITE: 403,
  SIGN_IN_AGAIN: 403,
  SAME_PERSON: 403,
  PERSONAL_DATA: 400,
  MONTH_LOCKED: 409,
  MONTH_OPEN: 409,
  FIGURES_CHANGED: 409,
  HELD_CHANGED: 409,
  DECIDED_ALREADY: 409,
  DECISION_UNDER_WAY: 503,
  WINDOW_NOT_BEGUN: 409,
  CONTACTS_CHANGED: 409,
  REPORT_CHANGED: 409,
  INTAKE_UNAVAILABLE: 503,
  ENTRY_UNDER_WAY: 503,
  ENTRY_NOT_CONFIGURED: 503,
  CUT_OFF_OPEN: 503,
  KAFKA_UNAVAILABLE: 503,
  STORE_UNAVAILABLE: 503,
  NEWER_DOCUMENT: 503,
  OVERFLOW_MISSING: 503,
  SIGN_IN_UNAVAILABLE: 503,
  SESSIONS_UNAVAILABLE: 503,
};

export const unitFrom = (code: unknown): Unit => {
  const unit = typeof code === 'string' ? unitOf(code) : undefined;
  if (unit === undefined) throw new UnknownUnit('unit is VN, a province (two digits) or a commune (five digits)');
  return unit;
};

/** The index of a window such as 2026-03, 2026-Q1, 2026-H1, 2026-9M or 2026. */
export const windowFrom = (code: unknown): number => {
  const window = typeof code === 'string' ? windowIndex(code) : undefined;
  if (window === undefined) {
    throw new InvalidWindow(
      'window is a month (2026-03), 2026-Q1…Q4, 2026-H1, 2026-H2, 2026-9M or 2026, from 2025 to 2030',
    );
  }
  return window;
};

/** The codes of one or more windows, separated by commas. */
export const windowsFrom = (text: string): ReadonlySet<string> => {
  const codes = text.split(',');
  if (codes.length > MOST_WINDOWS) throw new InvalidWindow(`window is at most ${MOST_WINDOWS} windows`);
  return new Set(codes.map((code) => windowCode(windowFrom(code))));
};

/** `2026`, one of the years that are reported about. */
export const yearFrom = (code: unknown): string => {
  if (typeof code === 'string' && code.length === 4 && windowIndex(code) !== undefined) return code;
  throw new InvalidParameter('year is one from 2025 to 2030');
};

export const indicatorFrom = (code: unknown): string => {
  if (typeof code !== 'string' || indicatorIndex(code) === undefined) {
    throw new UnknownIndicator('indicator is not in the catalogue');
  }
  return code;
};

const json = /^application\/json\s*(;|$)/i;

/** A body is JSON and says so: a form, which any site can send, is not taken. */
export const requireJson = (contentType: string | undefined): void => {
  if (!json.test(contentType ?? '')) throw new NotJson('the body is application/json');
};

/** The query's parameters by name: each once, and no other. What is asked for is never quietly something else. */
export const parametersOf = <N extends string>(
  query: Record<string, unknown>,
  ...names: N[]
): Partial<Record<N, string>> => {
  for (const [name, value] of Object.entries(query)) {
    if (!names.includes(name as N)) throw new InvalidParameter(`there is no parameter ${name}: ${names.join(', ')}`);
    if (typeof value !== 'string') throw new InvalidParameter(`${name} is given more than once`);
  }
  return query as Partial<Record<N, string>>;
};

/** The id of an event. */
export const eventFrom = (text: string): string => {
  if (!/^.{1,256}$/u.test(text)) throw new InvalidParameter('event is the id of an event');
  return text;
};

/** A whole number from 1 to `most`. */
export const limitFrom = (text: string | undefined, usual: number, most: number): number => {
  if (text === undefined) return usual;
  const limit = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Infinity;
  if (limit > most) throw new InvalidParameter(`limit is a whole number from 1 to ${most}`);
  return limit;
};

/** The instant as of which something is asked, in milliseconds since the epoch; undefined: now. Not later than now. */
export const asOfFrom = (text: string | undefined, now: number): number | undefined => {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  const at = instant === undefined ? NaN : instant.seconds * 1000 + Number(instant.fraction.padEnd(3, '0').slice(0, 3));
  if (!(at <= now))
    throw new InvalidParameter('asOf is an instant such as 2026-04-20T09:30:00.000Z, not later than now');
  return at;
};

/** One of a few words. */
export const oneOf = <T extends string>(name: string, text: string | undefined, words: readonly T[]): T | undefined => {
  if (text !== undefined && !words.includes(text as T)) throw new InvalidParameter(`${name} is ${words.join(' or ')}`);
  return text as T | undefined;
};
