/**
 * What the rollup topics say, whole and once: from where the projection has written to MongoDB at the start, on and on.
 *
 * Together with MongoDB it is never behind the topics: what has passed is held until the projection has surely written it (unwritten.ts).
 * Nothing here waits for MongoDB on the way of a record; a new generation is noticed within a second and begins like a start.
 */
import type { Logger } from 'pino';
import { type Consumer, seek } from '#kafka';
import { unitOf } from '#domain';
import { inBackground } from '#promises';
import type { RecordBatch } from '#stream';
import type { RollupReader } from '#store';
import { TopicPlaces } from './topic-places.js';
import { Unwritten, type PassedRecord } from './unwritten.js';
import type { WrittenPlaces } from './written-places.js';
import { YearsBefore } from './years-before.js';

const LOOK_MS = 1_000;
/** What is written is held so long at least, so that who reads MongoDB and who opens the stream need not do so at the same moment. */
export const HELD_MS = 2_000;

type Written = ReadonlyMap<string, ReadonlyMap<number, number>>;

export interface LiveSourceParts {
  readonly topics: readonly string[];
  readonly reader: Pick<RollupReader, 'generation' | 'windows'>;
  readonly written: Pick<WrittenPlaces, 'of' | 'close'>;
  readonly logger: Logger;
}

export class LiveSource {
  readonly unwritten = new Unwritten();
  readonly years: YearsBefore;
  generation = 1;
  /** Called when events may have been missed, or all figures are others. */
  onGap: () => void = () => undefined;
  /** Called every second. */
  onTick: () => void = () => undefined;
  private readonly places = new TopicPlaces();
  private readonly consumers = new Map<string, Consumer>();
  private readings = 0;
  private seen: { readonly at: number; readonly written: Written } = { at: 0, written: new Map() };
  private timer?: NodeJS.Timeout;

  constructor(private readonly parts: LiveSourceParts) {
    this.years = new YearsBefore(parts.reader);
  }

  /** Reads from now on; call it before the consumers start. */
  async begin(): Promise<void> {
    await this.enter(await this.parts.reader.generation());
    const look = async (): Promise<void> => {
      await this.look();
      this.timer = setTimeout(() => inBackground(look()), LOOK_MS).unref();
    };
    this.timer = setTimeout(() => inBackground(look()), LOOK_MS).unref();
  }

  close(): Promise<void> {
    clearTimeout(this.timer);
    return this.parts.written.close();
  }

  /** The group has given partitions: they go on from where they were read to, whatever the group thinks. */
  assigned(topic: string, partitions: readonly number[], consumer: Consumer): void {
    this.consumers.set(topic, consumer);
    for (const partition of partitions) this.goTo(topic, partition);
  }

  /** Hands on every record that is new, in order. */
  take(batch: RecordBatch, onRecord: (record: PassedRecord) => void): void {
    const { topic, partition } = batch;
    const admission = this.places.admit(batch);
    if ('goBackTo' in admission) {
      batch.seek(String(admission.goBackTo));
      return;
    }
    if (admission.isMissing) this.onGap();
    for (const { key: bytes, value, offset, timestamp, unreadable } of admission.records) {
      if (unreadable !== undefined) this.onGap();
      const key = bytes?.toString() ?? '';
      if (value !== null && unitOf(key.split('|')[0]) !== undefined) {
        // A copy, or the whole answer of the broker stays in memory with it.
        const record = { key, value: Buffer.from(value), offset: Number(offset), timestamp: Number(timestamp) };
        this.unwritten.note(topic, partition, record);
        onRecord(record);
      }
      this.places.passed(topic, partition, Number(offset) + 1);
    }
    this.places.passed(topic, partition, Number(batch.nextOffset));
  }

  /** While it runs, everything stays held. */
  async whileHeld<T>(read: () => Promise<T>): Promise<T> {
    this.readings += 1;
    try {
      return await read();
    } finally {
      this.readings -= 1;
    }
  }

  private goTo(topic: string, partition: number): void {
    const offset = this.places.of(topic, partition);
    const consumer = this.consumers.get(topic);
    if (offset !== undefined && consumer !== undefined) seek(consumer, { topic, partition, offset: String(offset) });
  }

  private async enter(generation: number): Promise<void> {
    const written = await this.writtenPlaces(generation);
    await this.years.load(generation);
    this.generation = generation;
    this.unwritten.clear();
    for (const [topic, places] of written) {
      for (const [partition, offset] of places) {
        this.places.set(topic, partition, offset);
        this.goTo(topic, partition);
      }
    }
  }

  private async writtenPlaces(generation: number): Promise<Written> {
    const places = new Map<string, ReadonlyMap<number, number>>();
    for (const topic of this.parts.topics) places.set(topic, await this.parts.written.of(topic, generation));
    return places;
  }

  /** MongoDB or Kafka may be away: then it is looked at again. */
  private async look(): Promise<void> {
    try {
      const generation = await this.parts.reader.generation();
      if (generation !== this.generation) {
        await this.enter(generation);
        this.onGap();
      }
      await this.letGo();
    } catch (error) {
      this.parts.logger.debug({ err: error }, 'how far MongoDB is cannot be told now');
    }
    this.onTick();
  }

  /** Lets go of what was already written a while ago. */
  private async letGo(): Promise<void> {
    if (this.unwritten.isEmpty) return;
    const now = performance.now();
    if (now - this.seen.at < HELD_MS) return;
    const { generation } = this;
    const written = await this.writtenPlaces(generation);
    if (this.readings > 0 || generation !== this.generation) return;
    for (const [topic, places] of this.seen.written)
      for (const [partition, offset] of places) this.unwritten.written(topic, partition, offset);
    this.seen = { at: now, written };
  }
}
