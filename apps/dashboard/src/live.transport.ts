/** How the rollup topics come to the live stream: each through a group of this process alone, which commits nothing. */
import { randomUUID } from 'node:crypto';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import type { Logger, ServiceLife, ServiceWatch } from '#service';
import { KafkaBatchServer } from '#stream';
import type { DashboardConfig } from './dashboard.config.js';
import type { LiveSource } from './live-source.js';

export const liveTransport = (
  kafka: Kafka,
  topics: Topics,
  { TOPIC_PREFIX, KAFKA_SESSION_TIMEOUT_MS }: DashboardConfig,
  source: LiveSource,
  logger: Logger,
  life: ServiceLife,
  watch: ServiceWatch,
): KafkaBatchServer => {
  const group = `${TOPIC_PREFIX}.dashboard.${randomUUID()}`;
  const groupOf = (topic: string) => `${group}.${topic.slice(TOPIC_PREFIX.length + 1)}`;
  return new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf,
    commits: () => 'never',
    from: 'latest',
    leastMsOf: (pattern) => (pattern === 'nationalRollups' ? 10 : 60),
    onAssignment: (topic, partitions, consumer) => source.assigned(topic, partitions, consumer),
    onFatal: life.fatal,
    sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS,
    observer: watch.streams(kafka, groupOf).stream,
  });
};
