/**
 * The event topics read from their first event, for a recomputation: each event with what the checks say of it.
 *
 * An event is judged by the check stage's own judge, with the time at which the broker took it. Reading goes on where it stopped, so
 * that events which come during a comparison can be added to it.
 */
import type { Accepted, Decision, Refusal } from '#domain';
import {
  admittedProvince,
  carriedDecision,
  decisionOf,
  eventPartition,
  eventTopics,
  judgeTopicRecord,
} from '#contracts';
import type { KafkaMessage } from '#kafka';
import { boundsOf, readTopic, SkippedRecords, type Offsets } from '#stream';
import type { Installation } from './installation.js';

export interface ReadEvent {
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
  readonly outcome: Accepted | Refusal;
}

/** To join a group takes a moment, however little is to be read then. */
const AT_ONCE = 6;

/** Where topics end, by topic and partition. */
export type TopicEnds = ReadonlyMap<string, Offsets>;

export class EventLog {
  /** Events handed out so far, by partition among those of all event topics. */
  readonly counts = new Map<number, number>();
  /** Where each topic was read to. */
  private readonly places = new Map<string, Offsets>();

  private readonly skipped: SkippedRecords;

  constructor(private readonly installation: Installation) {
    this.skipped = new SkippedRecords(installation.kafka, installation.topics.skippedRecords);
  }

  /** Where each topic ends now: those of events, and that of decisions. */
  async ends(): Promise<TopicEnds> {
    const { kafka, topics } = this.installation;
    const bounds = await Promise.all(
      [...eventTopics(topics), topics.decisions].map(
        async (topic) => [topic, (await boundsOf(kafka, topic)).to] as const,
      ),
    );
    return new Map(bounds);
  }

  /** Hands out every event and every decision before the ends that was not handed out yet. */
  async readTo(
    ends: TopicEnds,
    take: (event: ReadEvent) => void,
    decide: (decision: Decision) => void = () => undefined,
  ): Promise<void> {
    await this.skipped.refresh();
    const { decisions } = this.installation.topics;
    await this.readDecisionsTo(ends.get(decisions) ?? new Map(), decide);
    const topics = [...ends].filter(([topic]) => topic !== decisions);
    for (let n = 0; n < topics.length; n += AT_ONCE)
      await Promise.all(topics.slice(n, n + AT_ONCE).map(([topic, to]) => this.readTopicTo(topic, to, take)));
  }

  private async readDecisionsTo(to: Offsets, decide: (decision: Decision) => void): Promise<void> {
    const { kafka, topics } = this.installation;
    const { from: beginning } = await boundsOf(kafka, topics.decisions);
    const from = this.places.get(topics.decisions) ?? beginning;
    await readTopic(kafka, topics.decisions, { from, to }, (_, message) => {
      const carried = carriedDecision(message.value, message);
      const decision = carried && decisionOf(carried);
      if (decision !== undefined) decide(decision);
    });
    this.places.set(topics.decisions, to);
  }

  private async readTopicTo(topic: string, to: Offsets, take: (event: ReadEvent) => void): Promise<void> {
    const { kafka, topics } = this.installation;
    const province = admittedProvince(topics, topic);
    const { from: beginning } = await boundsOf(kafka, topic);
    const places = this.places.get(topic);
    const from = new Map([...beginning].map(([partition, low]) => [partition, places?.get(partition) ?? low]));
    await readTopic(kafka, topic, { from, to }, (partition, message) => {
      const number = eventPartition(topics, topic, partition);
      this.counts.set(number, (this.counts.get(number) ?? 0) + 1);
      const [marked] = this.skipped.marked(topic, partition, [message]);
      take({ topic, partition, message: marked, outcome: judgeTopicRecord(marked, province) });
    });
    this.places.set(topic, to);
  }
}
