/**
 * Loss of what a stage restores from, found before anything is published from it.
 *
 * The state says of itself how much it holds, in the transaction that carries it; a restore that finds less knows that records are
 * gone, whatever took them away: records deleted from the beginning, a topic made anew, a retention that does not belong there.
 * What was superseded may go. The partition stands still, readers keep the figures that stand, and a rebuild makes everything
 * again in a new generation, whose state is whole by itself.
 */
import type { Kafka } from '#kafka';
import { committedPlaces } from '#stream';
import { AppError } from '#domain';

class StateTruncated extends AppError {
  readonly code = 'STATE_TRUNCATED';
  readonly retryable = false;
}

/** Records that were not read yet are gone from a stage's input, or it was made anew and counts from 0 again. */
class InputTruncated extends AppError {
  readonly code = 'INPUT_TRUNCATED';
  readonly retryable = false;
}

export interface Restored {
  readonly topic: string;
  readonly partition: number;
  /** How much was found, and how much the newest note says there is; undefined where there is no note, or an older version wrote it. */
  readonly found: number;
  readonly noted?: number;
  readonly hasNote: boolean;
}

/** A stage's input, for one of its partitions. */
export interface Input {
  readonly topic: string;
  readonly groupId: string;
}

/** Throws `StateTruncated` where less was restored than there was. */
export const requireWhole = async (kafka: Kafka, input: Input, restored: Restored): Promise<void> => {
  const { topic, partition, found, noted, hasNote } = restored;
  const advice = 'run `npm run rebuild`';
  if (noted !== undefined && found < noted)
    throw new StateTruncated(`records of its state are gone; ${advice}`, { topic, partition, found, noted });
  if (hasNote) return;
  // Without a note nothing was ever published, and without that nothing committed.
  const committed = (await committedPlaces(kafka, input.groupId, input.topic)).get(partition);
  if (committed?.isOwn !== true || committed.offset === 0n) return;
  const context = { topic, partition, committed: String(committed.offset) };
  throw new StateTruncated(`its state is gone altogether; ${advice}`, context);
};

/** Throws `InputTruncated` where the input begins after the place up to which it is in the state, or ends before it. */
export const requireInput = async (
  kafka: Kafka,
  { topic }: Input,
  partition: number,
  readUpTo: string,
): Promise<void> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = (await admin.fetchTopicOffsets(topic)).find((held) => held.partition === partition);
    const { low = '0', high = '0' } = offsets ?? {};
    if (BigInt(low) <= BigInt(readUpTo) && BigInt(readUpTo) <= BigInt(high)) return;
    const context = { topic, partition, readUpTo, low, high };
    throw new InputTruncated('records that were not read yet are gone from its input; run `npm run rebuild`', context);
  } finally {
    await admin.disconnect();
  }
};
