/**
 * The event topic read from its first event, for a recomputation: each event with what the checks say of it.
 *
 * An event is judged as the commune stage does, with the time at which the broker took it. Reading goes on where it stopped, so
 * that events which come during a comparison can be added to it.
 */
import { isUtf8 } from 'node:buffer';
import { checkEvent, MAX_EVENT_BYTES, refused, type Refusal, type Report } from '#domain';
import { SkippedRecords, type KafkaMessage } from '#platform';
import type { Installation } from './installation.js';
import { boundsOf, readTopic, type Offsets } from './topic-reading.js';

export interface ReadEvent {
  readonly partition: number;
  readonly message: KafkaMessage;
  readonly outcome: Report | Refusal;
}

export class EventLog {
  /** Events handed out so far, by partition. */
  readonly counts = new Map<number, number>();
  private readonly places = new Map<number, bigint>();

  private readonly skipped: SkippedRecords;

  constructor(private readonly installation: Installation) {
    this.skipped = new SkippedRecords(installation.kafka, installation.topics.skippedRecords);
  }

  /** Where the topic ends now. */
  async ends(): Promise<Offsets> {
    return (await boundsOf(this.installation, this.installation.topics.indicatorEvents)).to;
  }

  /** Hands out every event before the ends that was not handed out yet. */
  async readTo(ends: Offsets, take: (event: ReadEvent) => void): Promise<void> {
    const topic = this.installation.topics.indicatorEvents;
    await this.skipped.refresh();
    const { from: beginning } = await boundsOf(this.installation, topic);
    const from = new Map([...beginning].map(([partition, low]) => [partition, this.places.get(partition) ?? low]));
    await readTopic(this.installation, topic, { from, to: ends }, (partition, message) => {
      this.counts.set(partition, (this.counts.get(partition) ?? 0) + 1);
      const [marked] = this.skipped.marked(topic, partition, [message]);
      take({ partition, message: marked, outcome: judge(marked) });
    });
    for (const [partition, end] of ends) this.places.set(partition, end);
  }
}

/** What the commune stage makes of a record of the event topic. */
export const judge = ({ value, key, timestamp, unreadable, setAside }: KafkaMessage): Report | Refusal => {
  if (unreadable !== undefined) return refused('UNREADABLE_BATCH', '', 'the batch cannot be read');
  if (setAside !== undefined) return refused('SET_ASIDE', '', 'set aside by an operator');
  const bytes = value?.length ?? 0;
  const readable = value !== null && bytes <= MAX_EVENT_BYTES && isUtf8(value);
  const text = readable ? value.toString('utf8') : undefined;
  return checkEvent({ bytes, text, key: key?.toString('utf8'), receivedAt: Number(timestamp) });
};

/** The offset by which a refusal names a record: of a batch that cannot be read the first one. */
export const placeOf = ({ offset, unreadable }: KafkaMessage): string => unreadable?.firstOffset ?? offset;
