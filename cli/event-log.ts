/**
 * The event topic read from its first event, for a recomputation: each event with what the checks say of it.
 *
 * An event is judged by the check stage's own judge, with the time at which the broker took it. Reading goes on where it stopped, so
 * that events which come during a comparison can be added to it.
 */
import type { Refusal, Report } from '#domain';
import { judgeTopicRecord } from '#contracts';
import type { KafkaMessage } from '#kafka';
import { boundsOf, readTopic, SkippedRecords, type Offsets } from '#stream';
import type { Installation } from './installation.js';

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
    return (await boundsOf(this.installation.kafka, this.installation.topics.indicatorEvents)).to;
  }

  /** Hands out every event before the ends that was not handed out yet. */
  async readTo(ends: Offsets, take: (event: ReadEvent) => void): Promise<void> {
    const { kafka, topics } = this.installation;
    const topic = topics.indicatorEvents;
    await this.skipped.refresh();
    const { from: beginning } = await boundsOf(kafka, topic);
    const from = new Map([...beginning].map(([partition, low]) => [partition, this.places.get(partition) ?? low]));
    await readTopic(kafka, topic, { from, to: ends }, (partition, message) => {
      this.counts.set(partition, (this.counts.get(partition) ?? 0) + 1);
      const [marked] = this.skipped.marked(topic, partition, [message]);
      take({ partition, message: marked, outcome: judgeTopicRecord(marked) });
    });
    for (const [partition, end] of ends) this.places.set(partition, end);
  }
}
