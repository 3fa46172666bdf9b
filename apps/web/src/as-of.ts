/**
 * Instants as people choose them: a day and a time of day in Việt Nam, wherever the browser is.
 *
 * Việt Nam has no daylight saving time, so its offset is always the same.
 */
const offsetMs = 7 * 3_600_000;
const offset = '+07:00';

const written = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/;

/** The instant of a text with an offset, as ISO text; `undefined` where it is none. */
export function instantOf(text: string): string | undefined {
  const at = written.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** What `<input type="datetime-local">` holds, as the instant that it is in Việt Nam. */
export const instantChosen = (local: string): string | undefined =>
  instantOf(`${/T\d\d:\d\d$/.test(local) ? `${local}:00` : local}${offset}`);

/** An instant as that input takes it: to the second. */
export const localInput = (instant: string): string =>
  new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 19);
