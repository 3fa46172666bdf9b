/**
 * The peer that does the whole job: exact when every window of every province and of the country in MongoDB has the expected
 * text, and no other window has any.
 *
 * MongoDB is asked for one window at a time by its id, for the next one only when it is right, so that looking takes nothing from what
 * is looked at; then for all of them once. The time that counts is when the last of them was found right.
 */
import type { TopicSpec } from '#contracts';
import { COUNTRY, indicators, layout, toExactJson, type Rollup } from '#domain';
import { connectStore, type Connection } from '#store';
import type { Installation } from '../cli/installation.js';
import type { Reference } from '../test/kit/reference.js';
import type { Output } from './kafka-streams-jvm.js';
import { sleep } from './installation.js';

const MONTH = /^\d{4}-\d{2}$/;
const YEAR = /^\d{4}$/;
/** What the peer writes where nothing is reported any more. */
const NOTHING = '[]';
/** Its slowest pace is five seconds, but one second where nothing more comes. */
const STANDSTILL_MS = 3_000;
const POLL_MS = 100;
/** A level above the country and the provinces needs few partitions: 700 windows. */
const PARTS_PARTITIONS = 4;

export class Windows implements Output {
  readonly job = 'whole';
  readonly topics: readonly TopicSpec[];
  readonly env: Readonly<Record<string, string>>;
  private readonly windows: ReadonlyMap<string, string>;
  private readonly unitMonths: ReadonlyMap<string, string>;
  /** Windows that were not seen right yet; the country's year, which is among the last, is asked for first. */
  private readonly left: string[];
  private connection: Connection | undefined;
  private differing = 'nothing was looked at yet';
  private ends = '';
  private changedAt = Date.now();

  constructor(
    private readonly installation: Installation,
    private readonly uri: string,
    reference: Reference,
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
    this.windows = expectedWindows(reference);
    this.unitMonths = expectedUnitMonths(reference);
    const year = [...this.windows.keys()].find((key) => isOf(key, COUNTRY, YEAR)) as string;
    this.left = [...this.windows.keys()].filter((key) => key !== year).concat(year);
  }

  async open(): Promise<void> {
    this.connection = await connectStore(this.uri);
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

  async exact(): Promise<number> {
    for (;;) {
      const askedAt = Date.now();
      const key = this.left.at(-1);
      if (key === undefined) {
        if (await this.areWindowsExact()) return askedAt;
        this.left.push(...this.windows.keys());
      } else if (await this.isExact(key)) this.left.pop();
      else await sleep(POLL_MS);
    }
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
    return this.differing;
  }

  private async areWindowsExact(): Promise<boolean> {
    const stored = await this.stored();
    for (const [key, text] of stored) if (text === NOTHING) stored.delete(key);
    return this.isSame(stored, this.windows, 'windows');
  }

  /** By its id alone: any other question may look through the collection, and so take time from the writer. */
  private async isExact(key: string): Promise<boolean> {
    const document = await this.connection?.collection('window_rollups').findOne({ _id: key as never });
    return document?.items === this.windows.get(key);
  }

  private async stored(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    const documents = this.connection?.collection('window_rollups').find({}, { projection: { items: 1 } });
    for await (const { _id, items } of documents ?? []) found.set(String(_id), String(items));
    return found;
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
    return this.isSame(stored, this.unitMonths, 'months of communes');
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

  private isSame(stored: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>, what: string): boolean {
    const wrong = [...expected].filter(([key, text]) => stored.get(key) !== text).map(([key]) => key);
    const surplus = [...stored.keys()].filter((key) => !expected.has(key));
    const some = [...wrong, ...surplus].slice(0, 3).join(', ');
    this.differing = `${wrong.length} of ${expected.size} ${what} are not exact, ${surplus.length} too many (${some})`;
    return wrong.length + surplus.length === 0;
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

const isOf = (key: string, unit: string, window: RegExp): boolean => {
  const [of, code] = key.split('|');
  return of === unit && window.test(code);
};

/** Every window of the provinces and the country as the peer writes it, by `unit|window`. */
const expectedWindows = (reference: Reference): Map<string, string> => {
  const windows = new Map<string, Map<string, Rollup>>();
  for (const [key, rollup] of reference.rollups(({ level }) => level !== 'commune')) {
    const window = key.slice(0, key.lastIndexOf('|'));
    windows.set(window, (windows.get(window) ?? new Map<string, Rollup>()).set(rollup.indicator, rollup));
  }
  return new Map([...windows].map(([key, rollups]) => [key, toExactJson(inOrder(rollups))]));
};

const inOrder = (rollups: ReadonlyMap<string, Rollup>): Rollup[] =>
  indicators.flatMap(({ code }) => rollups.get(code) ?? []);

/** Every month of every commune as the peer writes it, by `unit|month`: numbers in slot order by indicator. */
const expectedUnitMonths = (reference: Reference): Map<string, string> => {
  const months = new Map<string, Map<string, Rollup>>();
  for (const [key, rollup] of reference.rollups(({ level }) => level === 'commune')) {
    const [unit, window] = key.split('|');
    if (!MONTH.test(window)) continue;
    const month = `${unit}|${window}`;
    months.set(month, (months.get(month) ?? new Map<string, Rollup>()).set(rollup.indicator, rollup));
  }
  const figures = (rollups: ReadonlyMap<string, Rollup>) =>
    inOrder(rollups).map((rollup) => [rollup.indicator, figureOf(rollup)] as const);
  return new Map([...months].map(([key, rollups]) => [key, toExactJson(Object.fromEntries(figures(rollups)))]));
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
