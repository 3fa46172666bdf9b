/**
 * Places that stand still before the end of what has been read, and are read again from there.
 *
 * kafkajs tries a commit again until it is answered, by then perhaps as a member of another generation of the group. Such a commit may
 * arrive after those of the partition's next owner, and set its place back. Where more is written the next commit mends that. Where
 * nothing is, the place would stand there for good, and a cut-off, a summary and a drain, which wait for places, with it. A partition of which
 * nothing was ever committed stands before its first record in the same way: who wrote it all, lost it before the commit, has it again and fails
 * to write, goes on from behind what he wrote.
 *
 * So every place is looked at now and then. Reading again does no harm, and ends in a commit. Where the topic ends is asked only of a place that did not
 * move between two looks while nothing was handed out, and once: those questions are many, and of most places needless.
 */
import type { TopicPlaces } from './committed-places.js';
import type { Bounds } from './topic-reading.js';

/** A place of which nothing is under way, as it was at a look. */
interface Seen {
  /** Undefined: nothing is committed. */
  readonly committed?: bigint;
  readonly read: object;
  /** Undefined: not asked yet. */
  readonly isBeforeEnd?: boolean;
}

export interface StandingPlacesOptions {
  /** What the group has committed. */
  readonly places: () => Promise<TopicPlaces>;
  readonly bounds: () => Promise<Bounds>;
  /** What has been read of a partition of which nothing is under way: the same object as long as nothing more is handed out. */
  readonly atRest: (partition: number) => object | undefined;
  /** Makes reading go on from the committed place, or from the beginning where nothing is committed. */
  readonly readAgain: (partition: number, from: bigint, isCommitted: boolean) => void;
}

export class StandingPlaces {
  private assigned: readonly number[] = [];
  /** At the look before. */
  private seen = new Map<number, Seen>();

  constructor(private readonly options: StandingPlacesOptions) {}

  /** Follows an assignment: what was seen before it counts no more. */
  assign(partitions: readonly number[]): void {
    this.assigned = partitions;
    this.seen = new Map();
  }

  /** Rejects where Kafka does not answer: then nothing is known, and nothing done. */
  async look(): Promise<void> {
    const { assigned, seen } = this;
    if (assigned.length === 0) return;
    const places = await this.options.places();
    const before = new Map(assigned.flatMap((partition) => this.stoodStill(partition, places, seen)));
    const isAsked = [...before.values()].some(({ isBeforeEnd }) => isBeforeEnd !== false);
    const bounds = isAsked ? await this.options.bounds() : undefined;
    if (this.seen !== seen) return;
    this.seen = new Map();
    for (const partition of assigned) {
      const read = this.options.atRest(partition);
      if (read === undefined) continue;
      const now: Seen = { committed: places.get(partition)?.offset, read };
      const earlier = before.get(partition);
      if (earlier?.read !== read) this.seen.set(partition, now);
      else this.stands(partition, earlier, bounds);
    }
  }

  private stoodStill(partition: number, places: TopicPlaces, seen: ReadonlyMap<number, Seen>): [number, Seen][] {
    const before = seen.get(partition);
    const isStill =
      before?.committed === places.get(partition)?.offset && before?.read === this.options.atRest(partition);
    return before !== undefined && isStill ? [[partition, before]] : [];
  }

  /** Before its end at one look it may be overtaken by what has just been written; at two it is not. */
  private stands(partition: number, before: Seen, bounds: Bounds | undefined): void {
    const from = before.committed ?? bounds?.from.get(partition) ?? 0n;
    const isBeforeEnd = before.isBeforeEnd !== false && from < (bounds?.to.get(partition) ?? 0n);
    if (isBeforeEnd && before.isBeforeEnd === true)
      this.options.readAgain(partition, from, before.committed !== undefined);
    else this.seen.set(partition, { ...before, isBeforeEnd });
  }
}
