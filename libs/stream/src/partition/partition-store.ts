/** What an owned partition is made of: what is known of it in memory, and its durable side. `Out` is what it writes. */
import type { KafkaMessage } from '#kafka';
import type { Cause } from '#tracing';

/** What one partition's worker knows, and what of it is not written yet. */
export interface PartitionState<Out> {
  /** Takes records in; returns how many events wait upstream, as far as the records tell. */
  apply(records: readonly KafkaMessage[]): number;
  /** Up to where a state that was just made has taken records in, where it knows: a batch from further on would leave some out. */
  readonly readUpTo?: string;
  /** How much has changed since `take`. */
  readonly pending: number;
  /** What changed, absolute. `isBehind`: more of the same is on its way. */
  take(isBehind: boolean): readonly Out[];
}

/** The durable side of a partition: fences the owner before, restores, publishes. */
export interface PartitionStore<Out> {
  open(): Promise<PartitionState<Out>>;
  /** Resolves when all of it, and the offset, is durable. @param cause what led to it, if that is traced */
  publish(changes: readonly Out[], offset: string, cause?: Cause): Promise<void>;
  close(): Promise<void>;
}
