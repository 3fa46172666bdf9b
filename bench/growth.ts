/**
 * Growth: what an event costs, and how much memory the stages take, with 1, 12 or 60 months of history held.
 *
 * The history is put where it would stand: every unit's months in commune-rollups and every province's windows in
 * province-rollups, as the province stage would have written them. Then the stages start cold with events waiting; they are ready
 * when those are in MongoDB. After a warm-up a burst is drained and the processor time of each stage taken. What MongoDB holds of
 * every window that changed is held against a state in this process that took the same events.
 *
 * The events are about one month that every history holds, its newest but where it reaches further: what differs from run to run is
 * how much else is held.
 */
import { type TopicPartitionOffsetAndMetadata, createProducer, RecordSender, type Kafka } from '#kafka';
import {
  communeRollupKey,
  encodeCommuneRollup,
  encodeWindowRollups,
  projectionGroup,
  windowRollupsKey,
} from '#contracts';
import {
  checkEvent,
  indicators,
  isRefusal,
  reportsOf,
  layout,
  monthIndex,
  MONTHS,
  provinceOf,
  ProvinceState,
  reportingUnits,
  unitOf,
  type ProvinceWindow,
  type Report,
  type Unit,
} from '#domain';
import { currentGeneration, markOf, provincePartitions, windowPartition } from '#stream';
import { connectStore, windowModel, type WindowDocument } from '#store';
import { drained } from '../cli/drain.js';
import type { Installation } from '../cli/installation.js';
import { FIRST_GENERATION } from '../test/kit/installation.js';
import { seededWorkload, type Message } from '../test/kit/seeded-workload.js';
import { cpuBetween, cpuSeconds, memoryMiB } from './cpu.js';
import { publish, withInstallation, type Environment } from './installation.js';

export interface GrowthRun {
  readonly months: number;
  readonly cells: number;
  /** From the start of the processes until events that waited were in MongoDB. */
  readonly readySeconds: number;
  /** Processor microseconds an event, by service and together. */
  readonly cpuPerEvent: Readonly<Record<string, number>>;
  /** Largest resident memory of each service, MiB. */
  readonly memory: Readonly<Record<string, number>>;
}

type MarkedPlace = TopicPartitionOffsetAndMetadata & { readonly metadata: string };

const WAITING = 100;
const WARM_UP = 40_000;
const SERVICES = 'check,province,ministry,projection';

export const growthRun = async (env: Environment, months: number, messages: readonly Message[]): Promise<GrowthRun> =>
  withInstallation(env, { services: SERVICES }, async ({ installation, env: own, supervisor }) => {
    const state = new ProvinceState();
    const cells = await writeHistory(installation, state, months);
    await commitHistory(installation);
    await publish(installation, messages.slice(0, WAITING));
    const startedAt = Date.now();
    await supervisor.start();
    const readySeconds = ((await drained(installation)) - startedAt) / 1000;
    await publish(installation, messages.slice(WAITING, WARM_UP));
    await drained(installation);
    const before = cpuSeconds(supervisor.pids());
    await publish(installation, messages.slice(WARM_UP));
    await drained(installation);
    const used = cpuBetween(before, cpuSeconds(supervisor.pids()));
    await requireExact(own.MONGODB_URI, state, messages);
    return {
      months,
      cells,
      readySeconds,
      cpuPerEvent: perEvent(used, messages.length - WARM_UP),
      memory: memoryMiB(supervisor.pids()),
    };
  });

const perEvent = (used: Readonly<Record<string, number>>, events: number): Record<string, number> => {
  const micros = (seconds: number) => Math.round((seconds * 1e7) / events) / 10;
  const all = Object.values(used).reduce((sum, seconds) => sum + seconds, 0);
  return {
    ...Object.fromEntries(Object.entries(used).map(([name, seconds]) => [name, micros(seconds)])),
    all: micros(all),
  };
};

/** Every cell of every unit in `months` months, into the topics that the stages restore from; returns how many cells. */
const writeHistory = async (
  { kafka, topics, config }: Installation,
  state: ProvinceState,
  months: number,
): Promise<number> => {
  const producer = createProducer(kafka);
  await producer.connect();
  const sender = new RecordSender(producer);
  const g = await currentGeneration(kafka, topics.control);
  const owner = provincePartitions(config.TOPIC_PARTITIONS);
  let cells = 0;
  for (let month = lastMonth(months) - months + 1; month <= lastMonth(months); month += 1) {
    for (const report of historyOf(month)) {
      state.merge(report);
      cells += 1;
    }
    const records = state.takeUnitMonths(({ month: held }) => ({
      topic: topics.communeRollups,
      partition: owner.get(provinceOf(unitOf(held.unit) as Unit)),
      key: communeRollupKey(held.unit, held.month),
      value: encodeCommuneRollup({ g, more: false }, held),
    }));
    await sender.send(records);
  }
  const windows = state.takeWindows(({ unit, window, changed, items, reports }) => ({
    topic: topics.provinceRollups,
    partition: windowPartition(window, config.TOPIC_PARTITIONS),
    key: windowRollupsKey(unit, window),
    value: encodeWindowRollups({ g, unit, window, changed, items, reports }),
  }));
  await sender.send(windows);
  await producer.disconnect();
  return cells;
};

/** What the events are about. */
const MONTH = '2026-10';

export const growthWorkload = (events: number): readonly Message[] =>
  seededWorkload(events, 3, 0, { units: reportingUnits, indicators, months: [MONTH] }).messages;

/** A history ends with the month of the events, or later where it would not fit before. */
const lastMonth = (months: number): number => Math.min(Math.max(months - 1, monthIndex(MONTH) as number), MONTHS - 1);

/** Every cell of every unit in a month. */
export function* historyOf(month: number): Generator<Report> {
  for (let unit = 0; unit < reportingUnits.length; unit += 1) {
    const level = reportingUnits[unit].level as 'commune' | 'province';
    for (let indicator = 0; indicator < indicators.length; indicator += 1) {
      if (!indicators[indicator].reported_by.includes(level)) continue;
      yield {
        unit,
        indicator,
        month,
        revision: 1,
        seconds: 1_760_000_000 + unit,
        fraction: '',
        id: `history-${month}-${unit}-${indicator}`,
        figure: figureOf(indicator, unit),
        receivedAt: 1_760_000_001_000 + unit,
      };
    }
  }
}

/** A figure whose categories, where there are any, add up. */
const figureOf = (indicator: number, unit: number): number[] => {
  const { fields, categories } = layout[indicator];
  const part = fields.map((_, n) => (indicators[indicator].max_per_unit === 1 ? unit % 2 : (unit % 50) + n));
  if (categories.length === 0) return part;
  return [...part.map((number) => number * categories.length), ...categories.flatMap(() => part)];
};

/** The projection has done with the history. The ministry has not yet begun: it reads all of its input whenever it starts. */
const commitHistory = async ({ kafka, topics, config }: Installation): Promise<void> => {
  const generation = await currentGeneration(kafka, topics.control);
  const { communeRollups, provinceRollups } = topics;
  const readers = [
    { groupId: projectionGroup(config.TOPIC_PREFIX, provinceRollups, generation), topic: provinceRollups },
    { groupId: projectionGroup(config.TOPIC_PREFIX, communeRollups, generation), topic: communeRollups },
  ];
  const admin = kafka.admin();
  await admin.connect();
  try {
    for (const { groupId, topic } of readers) {
      const ends = await admin.fetchTopicOffsets(topic);
      const places = ends.map(({ partition, high }) => ({ topic, partition, offset: high, metadata: markOf(high) }));
      await commitAsMember(kafka, groupId, places);
    }
  } finally {
    await admin.disconnect();
  }
};

/** Commits as a stage does, with its marks: a place that was set from outside is read again from the beginning. */
const commitAsMember = async (kafka: Kafka, groupId: string, places: readonly MarkedPlace[]): Promise<void> => {
  const [{ topic }] = places;
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic });
    const joined = new Promise<void>((resolve) => {
      consumer.on(consumer.events.GROUP_JOIN, () => resolve());
    });
    await consumer.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
    await joined;
    await consumer.commitOffsets([...places]);
  } finally {
    await consumer.disconnect();
  }
};

const requireExact = async (uri: string, state: ProvinceState, messages: readonly Message[]): Promise<void> => {
  for (const { key, value } of messages) {
    const outcome = checkEvent({ bytes: value.length, text: value, key: key ?? undefined, receivedAt: Date.now() });
    if (!isRefusal(outcome)) for (const report of reportsOf(outcome)) state.merge(report);
  }
  const connection = await connectStore({ MONGODB_URI: uri });
  try {
    const stored = new Map<string, string>();
    for await (const { _id, items } of windowModel(connection, FIRST_GENERATION).find().lean<WindowDocument>().cursor())
      stored.set(_id, items);
    state.takeWindows(({ unit, window, items }: ProvinceWindow) => {
      if (stored.get(`${unit}|${window}`) !== items) throw new Error(`${unit}|${window} is not exact`);
    });
  } finally {
    await connection.close();
  }
};
