/**
 * The Kafka client.
 */
import * as kafkajs from 'kafkajs';
import type { Logger } from 'pino';
import './corrections/index.js';
import type { Kafka, Producer } from './port.js';
import { kafkaLogCreator } from './kafka-log.js';
import { defaultPartitioner } from './partitioner.js';
import { securityOf, type KafkaSecurity } from './security.js';

/** What a client is made of. */
export interface KafkaConfig extends KafkaSecurity {
  readonly KAFKA_BROKERS: string[];
}

export const createKafka = (config: KafkaConfig, service: string, logger: Logger): Kafka =>
  new kafkajs.Kafka({
    clientId: service,
    brokers: config.KAFKA_BROKERS,
    ...securityOf(config),
    logCreator: kafkaLogCreator(logger),
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 12 },
  });

/** A producer that waits for all replicas. Keys go to the partition that Kafka's own default partitioner picks. */
export const createProducer = (kafka: Kafka, retries = 12): Producer =>
  kafka.producer({
    createPartitioner: defaultPartitioner,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries },
  });

/** A client that says nothing, of a broker that asks who it is. */
export const createSecureKafka = (broker: string, clientId: string, security: KafkaSecurity): Kafka =>
  new kafkajs.Kafka({ clientId, brokers: [broker], ...securityOf(security), logLevel: kafkajs.logLevel.NOTHING });

/** A client that asks once and logs nothing: for whoever looks whether a broker is there. */
export const createProbingKafka = (broker: string, clientId: string, security: KafkaSecurity = {}): Kafka =>
  new kafkajs.Kafka({
    clientId,
    brokers: [broker],
    ...securityOf(security),
    logLevel: kafkajs.logLevel.NOTHING,
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    retry: { retries: 0 },
  });
