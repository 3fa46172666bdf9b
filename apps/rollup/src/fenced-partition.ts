/**
 * A partition of the topic that a stage restores from, and the producer that belongs to it.
 *
 * To take it over fences its previous owner and then writes a note of its own into it: all that was ever committed stands before the
 * note, so a restore reads up to there.
 */
import { randomUUID } from 'node:crypto';
import { decodeNote, OWNER_KEY, RECORD_VERSION, type OwnerNote } from '#contracts';
import type { Kafka, KafkaMessage, OutRecord } from '#kafka';
import { PartitionProducer } from '#stream';
import type { Cause } from '#tracing';
import type { StageContext } from './rollup.config.js';

export class FencedPartition {
  private producer?: PartitionProducer;

  constructor(
    private readonly kafka: Kafka,
    private readonly context: StageContext,
    private readonly topic: string,
    private readonly partition: number,
  ) {}

  /** Returns the owner that its note names. */
  async takeOver(): Promise<string> {
    const { config, generation } = this.context;
    const transactionalId = `${config.TOPIC_PREFIX}.rollup-${config.STAGE}.${this.partition}`;
    this.producer = new PartitionProducer(this.kafka, transactionalId);
    await this.producer.open();
    const owner = randomUUID();
    const note: OwnerNote = { v: RECORD_VERSION, g: generation, owner };
    await this.publish([{ topic: this.topic, partition: this.partition, key: OWNER_KEY, value: JSON.stringify(note) }]);
    return owner;
  }

  /** All of the records, or nothing. @param cause what led to them, if that is traced */
  async publish(records: readonly OutRecord[], cause?: Cause): Promise<void> {
    if (this.producer === undefined) throw new Error('the partition is not open');
    if (records.length > 0) await this.producer.publish(records, cause);
  }

  async close(): Promise<void> {
    await this.producer?.close();
    this.producer = undefined;
  }
}

/** Whether a record is the note that an owner wrote when it took the partition over. */
export const isNoteOf = (owner: string, { key, value }: KafkaMessage, generation: number): boolean =>
  value !== null &&
  key?.toString() === OWNER_KEY &&
  decodeNote<OwnerNote>(value.toString(), generation)?.owner === owner;
