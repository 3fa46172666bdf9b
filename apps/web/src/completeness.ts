/** One province's new counts put into the country's, so that the map moves with the event and not with the next answer. */
import type { Completeness, ReportsEvent } from './api';

/** Only for a window that is the event's month. On time and late are left for the next answer to say. */
export function withReports(held: Completeness, event: ReportsEvent): Completeness {
  const before = held.children.find((child) => child.unit === event.unit);
  if (held.window !== event.window || !before) return held;
  const { expected, reported, complete } = event;
  return {
    ...held,
    expected: held.expected + expected - before.expected,
    reported: held.reported + reported - before.reported,
    complete: held.complete + complete - before.complete,
    children: held.children.map((child) => (child === before ? { ...child, expected, reported, complete } : child)),
  };
}
