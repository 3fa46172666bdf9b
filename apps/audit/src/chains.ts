/**
 * The chains of the partitions that this process has: each entry of audit-entries once, in order, in the same partition of the audit topic.
 *
 * A partition's producer fences the owner before it, then the chain's head is read from the end of the topic: it says how far audit-entries
 * was read. What is handed out again from before that place is passed over, so an entry stands there once, whoever dies when.
 */
import { chained, decodeAuditEntry, decodeChained, type ChainedEntry, type ChainHead, type HashText } from '#contracts';
import type { Kafka, KafkaMessage, OutRecord } from '#kafka';
import { awaitedLater } from '#promises';
import { boundsOf, PartitionProducer, readTopic, type RecordBatch } from '#stream';

interface Chain {
  readonly producer: PartitionProducer;
  head: ChainHead | undefined;
}

export class Chains {
  private readonly chains = new Map<number, Promise<Chain>>();

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    private readonly hash: HashText,
  ) {}

  /** Lets go of the partitions that are no longer this process's own. */
  async assign(partitions: readonly number[]): Promise<void> {
    const lost = [...this.chains.keys()].filter((partition) => !partitions.includes(partition));
    await Promise.all(lost.map((partition) => this.drop(partition)));
  }

  /** All of a batch, or nothing. */
  async append({ partition, records, cause }: RecordBatch): Promise<void> {
    const opening = this.chains.get(partition) ?? awaitedLater(this.open(partition));
    this.chains.set(partition, opening);
    try {
      const chain = await opening;
      const next = continued(chain.head, records, this.hash);
      if (next.length === 0) return;
      await chain.producer.publish(
        next.map((each) => this.recordOf(partition, each)),
        cause,
      );
      chain.head = next.at(-1);
    } catch (error) {
      await this.drop(partition);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.assign([]);
  }

  private recordOf(partition: number, entry: ChainedEntry): OutRecord {
    return { topic: this.topic, partition, key: null, value: JSON.stringify(entry) };
  }

  private async open(partition: number): Promise<Chain> {
    const producer = new PartitionProducer(this.kafka, `${this.topic}.${partition}`);
    try {
      await producer.open();
      return { producer, head: await headOf(this.kafka, this.topic, partition) };
    } catch (error) {
      await producer.close();
      throw error;
    }
  }

  private async drop(partition: number): Promise<void> {
    const opening = this.chains.get(partition);
    this.chains.delete(partition);
    const chain = await opening?.catch(() => undefined);
    await chain?.producer.close();
  }
}

/** The entries of a batch that are not in the chain yet, as its next ones. */
export const continued = (
  head: ChainHead | undefined,
  records: readonly KafkaMessage[],
  hash: HashText,
): ChainedEntry[] => {
  const next: ChainedEntry[] = [];
  let last = head;
  for (const { offset, value } of records) {
    const entry = value === null ? undefined : decodeAuditEntry(value.toString());
    if (entry === undefined || (last !== undefined && BigInt(offset) <= BigInt(last.source))) continue;
    const following = chained(entry, offset, last, hash);
    next.push(following);
    last = following;
  }
  return next;
};

/** Records at a time, from the end towards the beginning; transactions end in markers that nobody sees. */
const FIRST_REACH = 64n;

/** Where a partition's chain has come to; undefined where it is empty. */
export const headOf = async (kafka: Kafka, topic: string, partition: number): Promise<ChainedEntry | undefined> => {
  const bounds = await boundsOf(kafka, topic);
  const [low, high] = [bounds.from.get(partition) ?? 0n, bounds.to.get(partition) ?? 0n];
  for (let reach = FIRST_REACH; ; reach *= 8n) {
    const from = high - reach > low ? high - reach : low;
    let last: ChainedEntry | undefined;
    const only = { from: new Map([[partition, from]]), to: new Map([[partition, high]]) };
    await readTopic(kafka, topic, only, (_, { value }) => (last = decodeChained(String(value)) ?? last));
    if (last !== undefined || from === low) return last;
  }
};
