/** How long it is until a deadline, or since: in the two largest units that matter, as people say it. */
const MINUTE_MS = 60_000;
const HOUR = 60;
const DAY = 24 * HOUR;

export interface TimeLeft {
  isOver: boolean;
  /** The largest unit that is said. */
  in: 'days' | 'hours' | 'minutes';
  days: number;
  hours: number;
  minutes: number;
}

/** Whole minutes that have gone or are still there; what has just begun is not counted. @param deadline ISO text */
export function timeLeft(deadline: string, now: number): TimeLeft {
  const distance = Date.parse(deadline) - now;
  const all = Math.floor(Math.abs(distance) / MINUTE_MS);
  const of = all >= DAY ? 'days' : all >= HOUR ? 'hours' : 'minutes';
  const days = Math.floor(all / DAY);
  const hours = Math.floor((all % DAY) / HOUR);
  return { isOver: distance < 0, in: of, days, hours, minutes: all % HOUR };
}
