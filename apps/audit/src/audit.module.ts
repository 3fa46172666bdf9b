/** The audit service as a Nest module: its chains, its transport, and the days' digests. */
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { inBackground } from '#promises';
import {
  CLOCK,
  CONFIG,
  KAFKA,
  LOGGER,
  ServiceLife,
  ServiceWatch,
  sha256,
  signingKeyOf,
  TOPIC_PARTITIONS,
  TOPICS,
  unusable,
  type Clock,
  type Logger,
} from '#service';
import { KafkaBatchServer } from '#stream';
import { AuditTrail, CONNECTION } from '#store';
import type { AuditConfig } from './audit.config.js';
import { AuditController } from './audit.controller.js';
import { Chains } from './chains.js';
import { DailyDigests } from './daily-digests.js';

const chainsOf = (kafka: Kafka, topics: Topics) => new Chains(kafka, topics.audit, (text) => sha256(Buffer.from(text)));

const transport = (
  kafka: Kafka,
  topics: Topics,
  config: AuditConfig,
  chains: Chains,
  logger: Logger,
  life: ServiceLife,
  watch: ServiceWatch,
): KafkaBatchServer => {
  const groupOf = (topic: string) => `${topic}.readers`;
  return new KafkaBatchServer({
    kafka,
    logger,
    topicOf: (pattern) => topics[pattern as keyof typeof topics],
    groupOf,
    commits: () => 'after-batch',
    from: 'earliest',
    onFatal: life.fatal,
    sessionTimeoutMs: config.KAFKA_SESSION_TIMEOUT_MS,
    observer: watch.streams(kafka, groupOf).stream,
    onAssignment: (topic, assigned) => {
      if (topic === topics.auditEntries) inBackground(chains.assign(assigned));
    },
  });
};

/** Undefined where no key is configured: then no digest is made. Production settings demand one. */
const digestsOf = (
  kafka: Kafka,
  topics: Topics,
  trail: AuditTrail,
  config: AuditConfig,
  logger: Logger,
  now: Clock,
): DailyDigests | undefined => {
  const key = signingKeyOf(config);
  if (config.NODE_ENV === 'production' && (key === undefined || config.ACCESS === 'demo'))
    throw unusable(['AUDIT_SIGNING_KEY: is required in production']);
  if (key === undefined) {
    logger.warn('AUDIT_SIGNING_KEY is not set: the audit trail gets no signed digests');
    return undefined;
  }
  const folder = config.AUDIT_DIGEST_DIR;
  const digests = new DailyDigests({ kafka, topic: topics.audit, trail, key, folder, logger, now });
  inBackground(digests.begin());
  return digests;
};

@Module({
  controllers: [AuditController],
  providers: [
    { provide: AuditTrail, useFactory: AuditTrail.prepared, inject: [CONNECTION] },
    { provide: Chains, useFactory: chainsOf, inject: [KAFKA, TOPICS, TOPIC_PARTITIONS] },
    {
      provide: KafkaBatchServer,
      useFactory: transport,
      inject: [KAFKA, TOPICS, CONFIG, Chains, LOGGER, ServiceLife, ServiceWatch],
    },
    {
      provide: DailyDigests,
      useFactory: digestsOf,
      inject: [KAFKA, TOPICS, AuditTrail, CONFIG, LOGGER, CLOCK, TOPIC_PARTITIONS],
    },
  ],
})
export class AuditServiceModule implements OnApplicationShutdown {
  constructor(
    @Inject(Chains) private readonly chains: Chains,
    @Inject(DailyDigests) private readonly digests: DailyDigests | undefined,
    private readonly life: ServiceLife,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.digests?.close();
    await this.life.closing(() => this.chains.close());
  }
}
