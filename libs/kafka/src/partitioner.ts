/**
 * Kafka's default partitioner for records with a key: murmur2 of its bytes, as Java's client counts it.
 *
 * kafkajs' murmur2 keeps 64-bit numbers that never wrap, so its time grows with the square of the key: a key of 250 kB took 12 s. This one
 * takes a multiplication for every four bytes.
 */
import type { PartitionerArgs } from 'kafkajs';

const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** Source: org.apache.kafka.common.utils.Utils.murmur2. */
export const murmur2 = (data: Buffer): number => {
  const { length } = data;
  const whole = length & ~3;
  let h = SEED ^ length;
  for (let at = 0; at < whole; at += 4) {
    let k = Math.imul(data.readInt32LE(at), M);
    k = Math.imul(k ^ (k >>> R), M);
    h = Math.imul(h, M) ^ k;
  }
  if (length > whole) {
    for (let at = length - 1; at >= whole; at -= 1) h ^= data[at] << (8 * (at - whole));
    h = Math.imul(h, M);
  }
  h = Math.imul(h ^ (h >>> 13), M);
  return h ^ (h >>> 15);
};

/** A record's own partition, else by its key, else in turn. */
export const defaultPartitioner = () => {
  let turn = 0;
  return ({ partitionMetadata, message: { partition, key } }: PartitionerArgs): number => {
    if (partition !== undefined && partition !== null) return partition;
    if (key !== undefined && key !== null) return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitionMetadata.length;
    const led = partitionMetadata.filter(({ leader }) => leader >= 0);
    const among = led.length > 0 ? led : partitionMetadata;
    turn = (turn + 1) % among.length;
    return among[turn].partitionId;
  };
};
