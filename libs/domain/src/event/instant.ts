/**
 * Instants: the `time` of a CloudEvent, RFC 3339 with an offset, to any number of decimals.
 *
 * Kept as whole seconds since the epoch and the decimals without trailing zeros, so that two instants compare exactly
 * however they are written. Leap seconds (`:60`) and instants outside the years 1 to 9999 UTC are not taken.
 */
export interface Instant {
  readonly seconds: number;
  /** Decimals of the second without trailing zeros; empty for a whole second. They compare as text. */
  readonly fraction: string;
}

const pattern = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : monthDays[month - 1]);

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar, years 1 to 9999. */
const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leapDays + dayOfYear - 719468;
};

const FIRST_SECOND = daysSinceEpoch(1, 1, 1) * 86_400;
const AFTER_LAST_SECOND = daysSinceEpoch(9999, 12, 31) * 86_400 + 86_400;

/** An RFC 3339 date-time with an offset as an instant, or undefined if it is not one. */
export const parseInstant = (text: string): Instant | undefined => {
  const plain = parsePlain(text);
  if (plain !== undefined) return plain;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  let seconds = utcSeconds(+match[1], +match[2], +match[3], +match[4], +match[5], +match[6]);
  if (seconds === undefined) return undefined;
  if (match[8] !== undefined) {
    if (+match[9] > 23 || +match[10] > 59) return undefined;
    const offset = +match[9] * 3600 + +match[10] * 60;
    seconds += match[8] === '-' ? offset : -offset;
  }
  if (seconds < FIRST_SECOND || seconds >= AFTER_LAST_SECOND) return undefined;
  return { seconds, fraction: match[7] === undefined ? '' : trimZeros(match[7]) };
};

/** `2026-03-14T09:30:00Z`, as nearly all write it, digit by digit; undefined if it is not that. */
const parsePlain = (text: string): Instant | undefined => {
  if (text.length !== 20 || text[19] !== 'Z' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':')
    return undefined;
  if (text[4] !== '-' || text[7] !== '-') return undefined;
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  const seconds = utcSeconds(year, month, day, twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17));
  return seconds === undefined ? undefined : { seconds, fraction: '' };
};

/** NaN if they are not two digits. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : NaN;
};

/** Seconds from the epoch to a time of day in UTC; undefined if there is no such day or time. */
const utcSeconds = (
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): number | undefined => {
  const isDay = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!isDay || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined;
  return daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
};

const trimZeros = (digits: string): string => {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
};

/** An instant as RFC 3339 in UTC, with as many decimals as it has. */
export const instantText = ({ seconds, fraction }: Instant): string => {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${whole}${fraction === '' ? '' : `.${fraction}`}Z`;
};
