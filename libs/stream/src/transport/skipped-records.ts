/**
 * Records that an operator has set aside, by topic, partition and offset, with who did it, when and why.
 *
 * The way past a record that ends a stage by a fault of ours. The list is a topic that is never compacted: it is the trail of what was set
 * aside. A stage reads it when it starts and when a batch has failed, before it takes the batch again.
 */
import type { Kafka, KafkaMessage } from '#kafka';
import { boundsOf, readTopic, type Offsets } from './topic-reading.js';

export interface SetAside {
  readonly v: 1;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly by: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** Longer than this the list is not waited for, in milliseconds. */
const READ_MS = 20_000;

export class SkippedRecords {
  private readonly held = new Map<string, SetAside>();
  /** How often a record of a topic was marked. */
  private readonly marks = new Map<string, number>();
  private readTo: Offsets = new Map();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
  ) {}

  get all(): readonly SetAside[] {
    return [...this.held.values()];
  }

  /** How many records were marked since the start, by topic; one that is read again counts again. */
  get passedOver(): ReadonlyMap<string, number> {
    return this.marks;
  }

  /** Reads what was added since the last time. */
  async refresh(): Promise<void> {
    const { from: beginning, to } = await boundsOf(this.kafka, this.topic);
    const from = new Map([...beginning].map(([partition, low]) => [partition, this.readTo.get(partition) ?? low]));
    await readTopic(this.kafka, this.topic, { from, to }, (_, record) => this.take(record), { withinMs: READ_MS });
    this.readTo = to;
  }

  /** The records, those that were set aside without their bytes and with the reason. */
  marked(topic: string, partition: number, records: readonly KafkaMessage[]): readonly KafkaMessage[] {
    if (this.held.size === 0) return records;
    return records.map((record) => {
      const setAside = this.held.get(placeOf({ topic, partition, offset: record.offset }));
      if (setAside === undefined) return record;
      this.marks.set(topic, (this.marks.get(topic) ?? 0) + 1);
      return { ...record, value: null, setAside: { ...setAside, value: record.value } };
    });
  }

  private take({ value }: KafkaMessage): void {
    try {
      const setAside = JSON.parse(String(value)) as SetAside;
      if (setAside.v === 1) this.held.set(placeOf(setAside), setAside);
    } catch {
      // none of ours
    }
  }
}

const placeOf = ({ topic, partition, offset }: Pick<SetAside, 'topic' | 'partition' | 'offset'>): string =>
  `${topic}/${partition}/${offset}`;
