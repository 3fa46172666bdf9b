/**
 * The peer that does the whole job: exact when every window of every province and of the country in MongoDB has the expected
 * text, and no other window has any (exact-windows.ts).
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TopicSpec } from '#contracts';
import { indicators, layout, type Rollup } from '#domain';
import { connectStore, type Connection } from '#store';
import type { Installation } from '../cli/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Output } from './kafka-streams-jvm.js';
import { differenceOf, ExactWindows, monthTexts, rollupsByMonth } from './exact-windows.js';

/** Its slowest pace is five seconds, but one second where nothing more comes. */
const STANDSTILL_MS = 3_000;
const POLL_MS = 100;
/** A level above the country and the provinces needs few partitions: 700 windows. */
const PARTS_PARTITIONS = 4;

export class Windows implements Output {
  readonly job = 'whole';
  readonly topics: readonly TopicSpec[];
  readonly env: Readonly<Record<string, string>>;
  private readonly unitMonths: ReadonlyMap<string, string>;
  private connection: Connection | undefined;
  private windows: ExactWindows | undefined;
  private differing: string | undefined;
  private ends = '';
  private changedAt = Date.now();

  constructor(
    private readonly installation: Installation,
    private readonly uri: string,
    private readonly reference: Reference,
  ) {
    const of = (topic: string) => `${installation.config.TOPIC_PREFIX}.${topic}`;
    const compacted = [of('windows-of-provinces'), of('windows-of-the-country'), of('unit-months')];
    const [PROVINCES_TOPIC, NATIONAL_TOPIC, UNIT_MONTHS_TOPIC] = compacted;
    const [PARTS_TOPIC, REFUSED_TOPIC] = [of('parts'), of('refused')];
    this.topics = [
      ...compacted.map((topic) => ({ topic, config: { 'cleanup.policy': 'compact' } })),
      { topic: PARTS_TOPIC, config: { 'cleanup.policy': 'compact' }, partitions: PARTS_PARTITIONS },
      { topic: REFUSED_TOPIC, config: { 'cleanup.policy': 'delete' } },
    ];
    this.env = {
      PROVINCES_TOPIC,
      NATIONAL_TOPIC,
      UNIT_MONTHS_TOPIC,
      PARTS_TOPIC,
      REFUSED_TOPIC,
      MONGODB_URI: uri,
    };
    this.unitMonths = expectedUnitMonths(reference);
  }

  async open(): Promise<void> {
    this.connection = await connectStore({ MONGODB_URI: this.uri });
    const stored = this.connection.collection('window_rollups');
    this.windows = new ExactWindows(stored, this.reference, ({ items }) => items);
  }

  async close(): Promise<void> {
    await this.connection?.dropDatabase();
    await this.connection?.close();
  }

  async isStill(): Promise<boolean> {
    const ends = await this.outputEnds();
    if (ends !== this.ends) this.changedAt = Date.now();
    this.ends = ends;
    return Date.now() - this.changedAt > STANDSTILL_MS;
  }

  exact(): Promise<number> {
    return (this.windows as ExactWindows).exact();
  }

  /** Looking at all of it takes long: only when the sink has read what there is, and then the time before counts. */
  async everything(): Promise<number> {
    for (;;) {
      const askedAt = Date.now();
      if ((await this.areUnitMonthsRead()) && (await this.areUnitMonthsExact())) return askedAt;
      await sleep(2 * POLL_MS);
    }
  }

  state(): string {
    return this.differing ?? this.windows?.state() ?? 'nothing was looked at yet';
  }

  /** Of communes: the months of a province's own report are not told apart in the reference. */
  private async areUnitMonthsExact(): Promise<boolean> {
    const stored = new Map<string, string>();
    for await (const { _id, months } of this.connection?.collection('unit_years').find() ?? []) {
      const [unit, year] = String(_id).split('|');
      if (unit.length < 5) continue;
      for (const [month, { cells }] of Object.entries(months as Record<string, { cells: string }>))
        if (cells !== '{}') stored.set(`${unit}|${year}-${month}`, cells);
    }
    this.differing = differenceOf(stored, this.unitMonths, 'months of communes');
    return this.differing === undefined;
  }

  private async areUnitMonthsRead(): Promise<boolean> {
    const { kafka, config } = this.installation;
    const admin = kafka.admin();
    await admin.connect();
    const topic = this.env.UNIT_MONTHS_TOPIC;
    const [{ partitions }] = await admin.fetchOffsets({
      groupId: `${config.TOPIC_PREFIX}.streams.unit-months`,
      topics: [topic],
    });
    const ends = await admin.fetchTopicOffsets(topic);
    await admin.disconnect();
    const read = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends.every(({ partition, high }) => Math.max(read.get(partition) ?? 0, 0) === Number(high));
  }

  private async outputEnds(): Promise<string> {
    const admin = this.installation.kafka.admin();
    await admin.connect();
    const ends: string[] = [];
    for (const { topic } of this.topics)
      for (const { partition, high } of await admin.fetchTopicOffsets(topic)) ends.push(`${partition}:${high}`);
    await admin.disconnect();
    return ends.join();
  }
}

/** Every month of every commune as the peer writes it, by `unit|month`: numbers in slot order by indicator. */
const expectedUnitMonths = (reference: Reference): Map<string, string> => {
  const months = rollupsByMonth(reference, ({ level }) => level === 'commune');
  return monthTexts(months, figureOf);
};

const figureOf = (rollup: Rollup): unknown[] => {
  const { fields, categories } = layout[indicators.findIndex(({ code }) => code === rollup.indicator)];
  const total = fields.map((field) => rollup[field]);
  if (Object.keys(rollup.breakdown).length === 0) return total;
  return [
    ...total,
    ...categories.flatMap((category) => fields.map((field) => rollup.breakdown[category]?.[field] ?? null)),
  ];
};
