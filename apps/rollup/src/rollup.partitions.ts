/** The partitions of a stage with state: each with its way to and from Kafka, and when it writes. */
import type { Logger } from 'pino';
import type { Kafka, OutRecord } from '#kafka';
import {
  OwnedPartition,
  OwnedPartitions,
  type CompactedReader,
  type PartitionStore,
  type PartitionObserver,
  watchedStore,
} from '#stream';
import { MinistryStore } from './ministry-store.js';
import { ProvinceStore } from './province-store.js';
import type { StageContext } from './rollup.config.js';

/**
 * An event that comes alone goes on at once. Under load a transaction of the broker, some twenty small writes, is worth waiting for:
 * the two together stay well below what an eye calls a delay.
 */
const PROVINCE_PACE_MS = 60;
const MINISTRY_PACE_MS = 30;

/** After a catching-up, stragglers of other event partitions are waited for, so that a window is written once. */
const settling = { settlePending: 300, settleMs: 100 };

/** The partitions of a stage with state, each with its way to and from Kafka. */
export const ownedPartitions = (
  kafka: Kafka,
  context: StageContext,
  logger: Logger,
  { reader, observer }: { reader: CompactedReader; observer?: PartitionObserver },
): OwnedPartitions<OutRecord> => {
  const { BEHIND_EVENTS, BEHIND_FLUSH_MS, MAX_PENDING, STAGE } = context.config;
  const paceMs = STAGE === 'province' ? PROVINCE_PACE_MS : MINISTRY_PACE_MS;
  const policy = {
    paceMs,
    behindEvents: BEHIND_EVENTS,
    behindMs: BEHIND_FLUSH_MS,
    maxPending: MAX_PENDING,
    ...settling,
  };
  const storeOf = (partition: number): PartitionStore<OutRecord> =>
    STAGE === 'province'
      ? new ProvinceStore(kafka, reader, context, partition)
      : new MinistryStore(kafka, reader, context, partition);
  return new OwnedPartitions((partition) => {
    const store = watchedStore(storeOf(partition), partition, observer);
    return new OwnedPartition(partition, store, policy, logger, Date.now);
  });
};
