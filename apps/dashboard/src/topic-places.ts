/**
 * How far this process has read each partition: nothing is passed over and nothing is taken twice, whatever the group does.
 *
 * The group commits nothing, so after a rejoin Kafka would go on from the newest record. A batch from beyond the place is sent back to
 * it; only where that brings nothing (the records are gone, or the topic is another one) something is missed, and is said to be.
 */
interface Batch<R> {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly R[];
  readonly firstOffset: string;
  readonly nextOffset: string;
  readonly behind: number;
}

export type Admission<R> =
  | { readonly goBackTo: number }
  | {
      readonly records: readonly R[];
      /** Whether something before them will never come. */ readonly isMissing: boolean;
    };

export class TopicPlaces {
  private readonly places = new Map<string, number>();
  private readonly sentBack = new Map<string, number>();

  /** Reading goes on from this offset. */
  set(topic: string, partition: number, offset: number): void {
    this.places.set(`${topic}/${partition}`, offset);
  }

  of(topic: string, partition: number): number | undefined {
    return this.places.get(`${topic}/${partition}`);
  }

  /** Everything before the offset is done with. */
  passed(topic: string, partition: number, offset: number): void {
    this.set(topic, partition, Math.max(offset, this.of(topic, partition) ?? 0));
  }

  admit<R extends { readonly offset: string }>(batch: Batch<R>): Admission<R> {
    const { topic, partition, records } = batch;
    const key = `${topic}/${partition}`;
    const place = this.places.get(key) ?? Number(batch.firstOffset);
    const isBeyond = Number(batch.firstOffset) > place;
    if (isBeyond && this.sentBack.get(key) !== place) {
      this.sentBack.set(key, place);
      return { goBackTo: place };
    }
    const isAnotherTopic = Number(batch.nextOffset) + batch.behind < place;
    if (isBeyond || isAnotherTopic) {
      this.places.set(key, Number(batch.firstOffset));
      return { records, isMissing: true };
    }
    return { records: records.filter(({ offset }) => Number(offset) >= place), isMissing: false };
  }
}
