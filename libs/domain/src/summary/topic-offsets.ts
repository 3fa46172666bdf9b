/**
 * Offsets of a topic by partition: what was there at a moment, and how one such moment compares with another.
 *
 * They are whole numbers as text, which is how Kafka's clients give them and how they are stored.
 */
export type TopicOffsets = Readonly<Record<string, string>>;

const at = (offsets: TopicOffsets, partition: string): bigint => BigInt(offsets[partition] ?? '0');

/** Whether one moment has everything that another had. */
export const covers = (offsets: TopicOffsets, others: TopicOffsets): boolean =>
  Object.keys(others).every((partition) => at(offsets, partition) >= at(others, partition));

/** The later of two moments, partition by partition. */
export const latestOf = (one: TopicOffsets, other: TopicOffsets): TopicOffsets => {
  const partitions = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    partitions.map((partition) => {
      const [a, b] = [at(one, partition), at(other, partition)];
      return [partition, String(a > b ? a : b)];
    }),
  );
};

/** How many offsets lie between a place that was reached and one that is to be reached. */
export const offsetsLeft = (target: TopicOffsets, reached: TopicOffsets): number =>
  Object.keys(target).reduce((sum, partition) => {
    const left = at(target, partition) - at(reached, partition);
    return sum + (left > 0n ? Number(left) : 0);
  }, 0);
