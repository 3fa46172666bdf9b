/** What a command needs to talk to an installation: its addresses, its prefix, a Kafka client. */
import { topicsOf, topicSpecs, type Topics } from '#contracts';
import { createKafka, ensureTopics, type Kafka } from '#kafka';
import { createLogger, parseConfig, platformSchema, secretNames, withSecrets, type PlatformConfig } from '#service';

export interface Installation {
  readonly config: PlatformConfig;
  readonly topics: Topics;
  readonly kafka: Kafka;
}

/** Addresses that a command does not use need not be set for it. */
const unused = { MONGODB_URI: 'mongodb://unused', REDIS_URL: 'redis://unused' };

/** An installation's Kafka alone: what publishing needs. */
export const openKafka = (env: Record<string, string | undefined>): Promise<Installation> =>
  openInstallation({ ...unused, ...env });

/** The installation that the environment names; makes its topics where they are missing. */
export const openInstallation = async (env: Record<string, string | undefined>): Promise<Installation> => {
  const config = parseConfig(platformSchema, withSecrets({ LOG_LEVEL: 'error', ...env }, secretNames));
  const kafka = createKafka(config, 'cli', createLogger('cli', config.LOG_LEVEL));
  const topics = topicsOf(config.TOPIC_PREFIX);
  await ensureTopics(kafka, topicSpecs(topics), config.TOPIC_PARTITIONS);
  return { config, topics, kafka };
};
