/**
 * Kafka for a service: the client, and the installation's topics, made where they are missing.
 */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { topicsOf, topicSpecs, type Topics } from '#contracts';
import { createKafka, ensureTopics, type Kafka } from '#kafka';
import type { PlatformConfig } from './config.js';
import { CONFIG, LOGGER, SERVICE_NAME } from './service.module.js';
import { ServiceWatch } from './service-watch.js';

/** The client (`Kafka`). */
export const KAFKA = Symbol('Kafka');
/** The names of the topics (`Topics`). */
export const TOPICS = Symbol('Topics');
/** How many partitions each topic has (`TopicPartitions`). Whoever is given it knows that the topics are there. */
export const TOPIC_PARTITIONS = Symbol('TopicPartitions');
export type TopicPartitions = ReadonlyMap<string, number>;

const partitionsOf =
  (isNeeded: boolean) =>
  async (kafka: Kafka, topics: Topics, config: PlatformConfig, watch: ServiceWatch): Promise<TopicPartitions> => {
    const partitions = await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
    if (isNeeded) watch.kafka(kafka, topics.control);
    return partitions;
  };

@Global()
@Module({})
export class KafkaModule {
  /** @param isNeeded false: the service is ready while Kafka is away */
  static of({ isNeeded = true } = {}): DynamicModule {
    return {
      module: KafkaModule,
      providers: [
        { provide: KAFKA, useFactory: createKafka, inject: [CONFIG, SERVICE_NAME, LOGGER] },
        { provide: TOPICS, useFactory: ({ TOPIC_PREFIX }) => topicsOf(TOPIC_PREFIX), inject: [CONFIG] },
        {
          provide: TOPIC_PARTITIONS,
          useFactory: partitionsOf(isNeeded),
          inject: [KAFKA, TOPICS, CONFIG, ServiceWatch],
        },
      ],
      exports: [KAFKA, TOPICS, TOPIC_PARTITIONS],
    };
  }
}
