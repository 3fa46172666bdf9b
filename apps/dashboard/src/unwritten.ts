/**
 * What has passed on the rollup topics and may not be in MongoDB yet: the newest record of each key.
 *
 * MongoDB together with this is never behind the topics. A record leaves when the projection has committed an offset after it. Memory is
 * bounded: where the projection is so far behind that not everything can be held, that is known (`isWhole`), and who needs it waits.
 */
export interface PassedRecord {
  readonly key: string;
  readonly value: Buffer;
  readonly offset: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

const MAX_BYTES = 64 * 1_048_576;

interface Held {
  /** In the order of their offsets. */
  readonly records: Map<string, PassedRecord>;
  /** Everything that passed from here on is held. */
  heldFrom: number;
  /** The offset of the newest that was noted. */
  last: number;
  /** Everything before is in MongoDB. */
  writtenTo: number;
}

export class Unwritten {
  private readonly partitions = new Map<string, Held>();
  private bytes = 0;

  constructor(private readonly maxBytes = MAX_BYTES) {}

  get isEmpty(): boolean {
    return this.bytes === 0 && this.isWhole('');
  }

  note(topic: string, partition: number, record: PassedRecord): void {
    const held = this.held(topic, partition);
    this.remove(held, record.key);
    held.records.set(record.key, record);
    held.last = record.offset;
    this.bytes += record.value.length;
    while (this.bytes > this.maxBytes) {
      const oldest = held.records.values().next().value as PassedRecord;
      held.heldFrom = oldest.offset + 1;
      this.remove(held, oldest.key);
    }
  }

  /** Everything before the offset is in MongoDB. */
  written(topic: string, partition: number, offset: number): void {
    const held = this.held(topic, partition);
    for (const record of held.records.values()) {
      if (record.offset >= offset) break;
      this.remove(held, record.key);
    }
    if (offset >= held.heldFrom) held.heldFrom = 0;
    held.writtenTo = Math.max(held.writtenTo, offset);
  }

  /** Says later whether everything that has been noted until now is in MongoDB. */
  mark(): () => boolean {
    const marked = [...this.partitions.values()].map((held) => ({ held, last: held.last }));
    return () => marked.every(({ held, last }) => held.writtenTo > last);
  }

  /** Whether all that MongoDB may lack of the topic is held; of every topic whose name begins so. */
  isWhole(topic: string): boolean {
    return this.of(topic).every(({ heldFrom }) => heldFrom === 0);
  }

  /** The records of the unit (`unit|…`), in the order of their offsets within a partition. */
  recordsOf(topic: string, unit: string): PassedRecord[] {
    return this.of(topic).flatMap(({ records }) =>
      [...records.values()].filter(({ key }) => key.startsWith(`${unit}|`)),
    );
  }

  clear(): void {
    this.partitions.clear();
    this.bytes = 0;
  }

  private of(topic: string): Held[] {
    return [...this.partitions].flatMap(([name, held]) => (name.startsWith(topic) ? [held] : []));
  }

  private held(topic: string, partition: number): Held {
    const name = `${topic}/${partition}`;
    const held = this.partitions.get(name) ?? {
      records: new Map<string, PassedRecord>(),
      heldFrom: 0,
      last: -1,
      writtenTo: 0,
    };
    this.partitions.set(name, held);
    return held;
  }

  private remove({ records }: Held, key: string): void {
    const record = records.get(key);
    if (record === undefined) return;
    records.delete(key);
    this.bytes -= record.value.length;
  }
}
