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
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const year = +match[1];
  const month = +match[2];
  const day = +match[3];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
  if (+match[4] > 23 || +match[5] > 59 || +match[6] > 59) return undefined;
  let seconds = daysSinceEpoch(year, month, day) * 86_400 + +match[4] * 3600 + +match[5] * 60 + +match[6];
  if (match[8] !== undefined) {
    if (+match[9] > 23 || +match[10] > 59) return undefined;
    const offset = +match[9] * 3600 + +match[10] * 60;
    seconds += match[8] === '-' ? offset : -offset;
  }
  if (seconds < FIRST_SECOND || seconds >= AFTER_LAST_SECOND) return undefined;
  return { seconds, fraction: match[7] === undefined ? '' : trimZeros(match[7]) };
};

const trimZeros = (digits: string): string => {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
};
