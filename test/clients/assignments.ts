/**
 * The events of each group, and what must come of all of them.
 *
 * Their cells collide across groups on purpose: a cell reported by one client is corrected by another, whose partitioner puts
 * the same unit into another partition. Each of the four Kafka clients also sends events without a key, which are refused.
 */
import { ANY_KEY, checkEvent, indicators, isRefusal, reportingUnits } from '#domain';
import { Reference } from '../kit/reference.js';
import { seededWorkload } from '../kit/seeded-workload.js';
import { nameOf, type Group } from './groups.js';

export interface Assignment extends Group {
  readonly key: string | null;
  readonly event: Readonly<Record<string, unknown> & { id: string; data: Record<string, unknown> }>;
}

const KAFKA_EVENTS = 16;
const HTTP_EVENTS = 6;
const units = ['00004', '00008', '00025', '01', '02647', '02650', '15', '26734', '26737', '79'];

/** Few enough units and months that every client reports on most units, and some cells are reported by several. */
const among = {
  units: reportingUnits.filter(({ code }) => units.includes(code)),
  indicators,
  months: ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'],
};

const sizeOf = ({ over }: Group): number => (over === 'kafka' ? KAFKA_EVENTS : HTTP_EVENTS);

/** These write what is not ASCII into a header: percent-encoded, or as it is. Java's, Python's and Node's own clients refuse to. */
const writesAnyHeader = ['cloudevents core', 'cloudevents-go'];

/** Letters with marks in the id, wherever the client can send them. */
const idOf = ({ client, over, mode }: Group, id: string): string =>
  over === 'http' && mode === 'binary' && !writesAnyHeader.includes(client) ? id : `${id}-Đà Nẵng`;

/** Each group's events; the same for the same groups. */
export const assign = (groups: readonly Group[]): Assignment[] => {
  const needed = groups.reduce((total, group) => total + sizeOf(group), 0);
  const { messages } = seededWorkload(needed, 12, 0, among);
  let next = 0;
  return groups.flatMap((group) =>
    messages.slice(next, (next += sizeOf(group))).map(({ key, value }) => {
      const event = JSON.parse(value) as Assignment['event'];
      return { ...group, key, event: { ...event, id: idOf(group, event.id) } };
    }),
  );
};

/** One event without a key for each way in which a Kafka client writes with its defaults. */
export const assignKeyless = (groups: readonly Group[]): Assignment[] =>
  groups
    .filter(({ over, client, codec }) => over === 'kafka' && codec === 'default' && !client.startsWith('cloudevents'))
    .map((group) => {
      const event = JSON.parse(seededWorkload(1, 13, 0, among).messages[0].value) as Assignment['event'];
      return { ...group, key: null, event: { ...event, id: `without a key: ${nameOf(group)}` } };
    });

/** What a plain recomputation makes of them; an event that it refuses is a fault of the test. */
export const expectedOf = (assignments: readonly Assignment[]): Reference => {
  const reference = new Reference();
  for (const { event } of assignments) {
    const text = JSON.stringify(event);
    const outcome = checkEvent({ text, bytes: Buffer.byteLength(text), key: ANY_KEY, receivedAt: Date.now() });
    if (isRefusal(outcome)) throw new Error(`${outcome.code}: ${text}`);
    reference.take(outcome);
  }
  return reference;
};
