/**
 * Writes to the event topic as others do: batches in each of Kafka's codecs with good events in them, in whatever partition, and
 * batches that nobody should write (test/kit/hostile-batches.ts).
 *
 * Each is sent again until the broker has taken it or says that it never will. What it took is remembered by its place, which does
 * not depend on how anybody reads the topic: good events must be found there, and all else must stand in rejected-events.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitedLater } from '#promises';
import type { Message } from '../kit/seeded-workload.js';
import { hostileBatch, hostileKinds } from '../kit/hostile-batches.js';
import { produceRaw } from '../kit/raw-producer.js';
import { batchBytes, codecs } from '../kit/record-batch.js';
import type { Ground } from './ground.js';

const PAUSE_MS = 300;
/** Of the broker's errors those after which a sender tries again: it is starting, or it does not lead the partition yet. */
const PASSING: ReadonlySet<number> = new Set([3, 5, 6, 7, 8, 13, 19, 20, 56, 72, 74]);

type Random = () => number;

export class ForeignSender {
  /** Texts of good events that were acknowledged. */
  readonly acknowledged: string[] = [];
  /** How many batches of each kind, or in each codec, the broker took. */
  readonly taken = new Map<string, number>();
  /** What the broker turned away for good, by kind and error code. */
  readonly turnedAway = new Map<string, number>();
  /** Places in the event topic, `topic|partition|offset`, that are to stand in rejected-events. */
  readonly hostilePlaces: string[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly topic: string;
  private isOn = true;
  private sent = 0;
  private lastKind = 0;

  constructor(
    private readonly ground: Ground,
    private readonly random: Random,
  ) {
    this.topic = ground.installation.topics.indicatorEvents;
  }

  /** Good events, in the next codec's turn, in any partition. */
  send(messages: readonly Message[]): void {
    const names = Object.keys(codecs);
    const name = names[this.sent % names.length];
    this.sent += 1;
    const [codec, pack] = codecs[name];
    const records = messages.map(({ key, value }) => ({
      key: key === null ? null : Buffer.from(key),
      value: Buffer.from(value),
    }));
    this.start(name, batchBytes(records, { codec, pack }), () => {
      for (const { value } of messages) this.acknowledged.push(value);
    });
  }

  /** The next kind of what nobody should write, as long as the run goes on. */
  sendHostile(): void {
    const kind = hostileKinds[this.lastKind % hostileKinds.length];
    this.lastKind += 1;
    const { bytes, records } = hostileBatch(kind, this.random);
    this.start(kind, bytes, (partition, base) => {
      for (let n = 0; n < records; n += 1) this.hostilePlaces.push(`${this.topic}|${partition}|${base + BigInt(n)}`);
    });
  }

  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  async close(): Promise<void> {
    this.isOn = false;
    await this.settled();
  }

  private start(name: string, bytes: Buffer, onTaken: (partition: number, baseOffset: bigint) => void): void {
    const partition = Math.floor(this.random() * this.ground.installation.config.TOPIC_PARTITIONS);
    const sending = awaitedLater(
      this.untilTaken(name, partition, bytes, onTaken).finally(() => this.underWay.delete(sending)),
    );
    this.underWay.add(sending);
  }

  private async untilTaken(
    name: string,
    partition: number,
    bytes: Buffer,
    onTaken: (partition: number, baseOffset: bigint) => void,
  ): Promise<void> {
    const [broker] = this.ground.installation.config.KAFKA_BROKERS;
    for (; this.isOn; await sleep(PAUSE_MS)) {
      try {
        const { error, baseOffset } = await produceRaw(broker, this.topic, partition, bytes);
        if (PASSING.has(error)) continue;
        const into = error === 0 ? this.taken : this.turnedAway;
        const what = error === 0 ? name : `${name} (error ${error})`;
        into.set(what, (into.get(what) ?? 0) + 1);
        if (error === 0) onTaken(partition, baseOffset);
        return;
      } catch {
        // Kafka is away, which is what happens here. What it took without an answer stands twice: the topic says so.
      }
    }
  }
}
