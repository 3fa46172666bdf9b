/**
 * Routing: the partition in which a province, or a window, stands. Every process that has the same units and the same number of
 * partitions finds the same, so that one key is always in one partition, and one worker owns it.
 */
import { childrenOf, provinces, windowIndex, windowYear, type Unit } from '#domain';

/** One partition in three carries provinces: each writes transactions of its own, and those cost more than what is in them. */
const ONE_IN = 3;

/**
 * Which partition owns a province, for every province: largest first onto the least loaded of the first third of the partitions,
 * because provinces differ fourfold in communes.
 */
export const provincePartitions = (partitions: number): ReadonlyMap<string, number> => {
  const load = new Array<number>(Math.ceil(partitions / ONE_IN)).fill(0);
  const owner = new Map<string, number>();
  for (const province of [...provinces].sort(largestFirst)) {
    const least = load.indexOf(Math.min(...load));
    owner.set(province.code, least);
    load[least] += childrenOf(province.code).length + 1;
  }
  return owner;
};

const largestFirst = (a: Unit, b: Unit): number =>
  childrenOf(b.code).length - childrenOf(a.code).length || (a.code < b.code ? -1 : 1);

/**
 * The partition of a window in province-rollups and national-rollups: a year's windows stand together, because a report changes
 * several of them at once and every partition written to is one more transaction downstream.
 */
export const windowPartition = (window: string, partitions: number): number =>
  windowYear(windowIndex(window) as number) % partitions;
