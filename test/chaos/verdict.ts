/**
 * Holds what an installation says against its event topic, recomputed in the plainest way: every rollup of every unit, every
 * refusal, every account, every acknowledgement.
 */
import { decodeRejected, judgeTopicRecord, placeOf } from '#contracts';
import {
  isRefusal,
  MAX_EVENT_BYTES,
  reportsSaidBy,
  toExactJson,
  type Decision,
  type Report,
  type Rollup,
} from '#domain';
import { connectStore, everyRollup, rejectionModel, RollupReader, type Connection } from '#store';
import { totalAccounts } from '../../apps/dashboard/src/accounts-metric.js';
import { referenceAt, type Reference } from '../kit/reference.js';
import { hostileKinds } from '../kit/hostile-batches.js';
import { codecs } from '../kit/record-batch.js';
import { decisionFrom } from './decision-attempts.js';
import { readLog } from './event-log.js';
import type { ForeignSender } from './foreign-sender.js';
import type { Ground } from './ground.js';

/** What the event topic and the decisions topic hold, and what must come of it. */
export interface Truth {
  readonly events: number;
  readonly reports: readonly Report[];
  readonly decisions: readonly Decision[];
  /** Of all of them, as of now. */
  readonly reference: Reference;
  /** Texts of what is no longer than an event may be. */
  readonly texts: ReadonlySet<string>;
  /** Rejections' ids. */
  readonly refused: ReadonlySet<string>;
  readonly rollups: ReadonlyMap<string, Rollup>;
}

export const readTruth = async ({ installation }: Ground): Promise<Truth> => {
  const topic = installation.topics.indicatorEvents;
  const decisions: Decision[] = [];
  const reports: Report[] = [];
  const texts = new Set<string>();
  const refused = new Set<string>();
  let events = 0;
  await readLog(installation, topic, (record) => {
    events += 1;
    if (record.value !== null && record.value.length <= MAX_EVENT_BYTES) texts.add(String(record.value));
    const outcome = judgeTopicRecord(record);
    if (isRefusal(outcome)) refused.add(`${topic}|${record.partition}|${placeOf(record)}`);
    else reports.push(...reportsSaidBy(outcome));
  });
  await readLog(installation, installation.topics.decisions, (record) => {
    const decision = decisionFrom(record);
    if (decision !== undefined) decisions.push(decision);
  });
  const reference = referenceAt(undefined, reports, decisions);
  return { events, reports, decisions, reference, texts, refused, rollups: reference.rollups() };
};

const withStore = async <T>({ mongodb }: Ground, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const connection = await connectStore({ MONGODB_URI: mongodb });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};

/** Every difference between the stored rollups and those that must be, in words. */
export const rollupFaults = (ground: Ground, { rollups }: Truth): Promise<string[]> =>
  withStore(ground, async (connection) => {
    const faults: string[] = [];
    const missing = new Set(rollups.keys());
    for await (const { unit, window, ...rollup } of everyRollup(connection)) {
      const key = `${unit}|${window}|${rollup.indicator}`;
      missing.delete(key);
      const [found, expected] = [toExactJson(rollup), toExactJson(rollups.get(key))];
      if (found !== expected) faults.push(inWords(key, expected, found));
    }
    for (const key of missing) faults.push(inWords(key, toExactJson(rollups.get(key)), 'nothing'));
    return faults;
  });

const inWords = (key: string, expected: string | undefined, found: string | undefined): string => {
  const [unit, window, indicator] = key.split('|');
  return `unit ${unit}, window ${window}, indicator ${indicator}: expected ${expected ?? 'nothing'}, found ${found ?? 'nothing'}`;
};

export const accountFaults = (ground: Ground, { events, refused }: Truth): Promise<string[]> =>
  withStore(ground, async (connection) => {
    const totals = await totalAccounts(new RollupReader(connection, Date.now));
    const sum = (outcome: string) => Object.values(totals).reduce((all, account) => all + account[outcome], 0);
    const [read, known] = [sum('read'), sum('won') + sum('superseded') + sum('repeated') + sum('refused')];
    return [
      ...(read === known ? [] : [`read ${read}, but won, superseded, repeated and refused add up to ${known}`]),
      ...(read >= events ? [] : [`read ${read} of ${events} events`]),
      ...(sum('refused') >= refused.size ? [] : [`refused ${sum('refused')} of ${refused.size}`]),
    ];
  });

/** What is read again is refused again; it is stored once. */
export const refusalFaults = (ground: Ground, { refused }: Truth): Promise<string[]> =>
  withStore(ground, async (connection) => {
    const { topics } = ground.installation;
    const expected = new Set(refused);
    await readLog(ground.installation, topics.rejectedEvents, ({ value, partition, offset }) => {
      const origin = decodeRejected(String(value))?.origin;
      if (origin === 'http') expected.add(`http|${partition}|${offset}`);
      else if (origin !== undefined) expected.add(`${origin.topic}|${origin.partition}|${origin.offset}`);
    });
    const stored = new Set((await rejectionModel(connection).find({}, { _id: 1 }).lean().exec()).map(({ _id }) => _id));
    const isOfTopic = (id: string) => id.startsWith(topics.indicatorEvents);
    return [
      ...[...expected].filter((id) => !stored.has(id)).map((id) => `${id} is refused and is not in MongoDB`),
      ...[...stored].filter((id) => isOfTopic(id) && !refused.has(id)).map((id) => `${id} is not to be refused`),
    ];
  });

/** What a batch that nobody should write holds is refused at its own place, as the broker gave it. */
export const hostileFaults = (ground: Ground, { hostilePlaces }: ForeignSender): Promise<string[]> =>
  withStore(ground, async (connection) => {
    const ids = await rejectionModel(connection).find({}, { _id: 1 }).lean().exec();
    const stored = new Set(ids.map(({ _id }) => _id));
    return hostilePlaces
      .filter((place) => !stored.has(place))
      .map((place) => `${place} does not stand in rejected-events`);
  });

/** Each codec, and each kind of what nobody should write, was there. */
export const coverageFaults = ({ taken, turnedAway }: ForeignSender): string[] => [
  ...[...Object.keys(codecs), ...hostileKinds]
    .filter((kind) => !taken.has(kind))
    .map((kind) => `none was taken: ${kind}`),
  ...[...turnedAway].map(([what, times]) => `the broker turned away: ${what}, ${times} times`),
];

export const acknowledgementFaults = (accepted: readonly string[], { texts }: Truth): string[] =>
  accepted.filter((text) => !texts.has(text)).map((text) => `acknowledged, and not in the event topic: ${text}`);
