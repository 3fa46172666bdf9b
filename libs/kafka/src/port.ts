/**
 * Kafka as the rest of the project sees it: what is used of kafkajs, and no more.
 *
 * Nothing outside this room imports kafkajs. Whoever stands in for it (the simulation of test/simulation) implements these.
 */
import type * as kafkajs from 'kafkajs';
import type { UnreadableBatch } from './corrections/record-batches.js';

export type {
  Batch,
  ConsumerConfig,
  EachBatchPayload,
  PartitionerArgs,
  TopicPartitionOffsetAndMetadata,
} from 'kafkajs';

/** A record as it was fetched. */
export type KafkaMessage = kafkajs.KafkaMessage & {
  /** Where a batch could not be read, one record stands in its place and says so. */
  readonly unreadable?: UnreadableBatch;
  /** Why and by whom the record was set aside; its `value` is null, and here is what it was. */
  readonly setAside?: { readonly reason: string; readonly by: string; readonly value: Buffer | null };
};

export type Producer = Pick<kafkajs.Producer, 'connect' | 'disconnect' | 'send' | 'sendBatch' | 'transaction'>;

export type Consumer = Pick<
  kafkajs.Consumer,
  | 'connect'
  | 'disconnect'
  | 'subscribe'
  | 'run'
  | 'seek'
  | 'pause'
  | 'resume'
  | 'commitOffsets'
  | 'describeGroup'
  | 'on'
  | 'events'
>;

export type Admin = Pick<
  kafkajs.Admin,
  | 'connect'
  | 'disconnect'
  | 'listTopics'
  | 'createTopics'
  | 'createAcls'
  | 'deleteTopics'
  | 'createPartitions'
  | 'fetchTopicMetadata'
  | 'fetchTopicOffsets'
  | 'fetchTopicOffsetsByTimestamp'
  | 'fetchOffsets'
  | 'setOffsets'
  | 'resetOffsets'
  | 'deleteGroups'
  | 'deleteTopicRecords'
  | 'listGroups'
  | 'describeGroups'
  | 'alterConfigs'
  | 'describeConfigs'
  | 'describeCluster'
>;

/** A client of one Kafka. */
export interface Kafka {
  producer(config?: kafkajs.ProducerConfig): Producer;
  consumer(config: kafkajs.ConsumerConfig): Consumer;
  admin(config?: kafkajs.AdminConfig): Admin;
}
