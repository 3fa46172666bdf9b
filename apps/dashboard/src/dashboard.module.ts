/** The dashboard as a Nest module: its views, and the live stream from where the projection has written to. */
import { randomUUID } from 'node:crypto';
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditLog } from '#access';
import { SignInWatch } from '#access/people';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import {
  CONFIG,
  KAFKA,
  LOGGER,
  outgoingRules,
  sealingKeyOf,
  ServiceLife,
  ServiceWatch,
  TOPIC_PARTITIONS,
  TOPICS,
  type Logger,
} from '#service';
import { KafkaBatchServer } from '#stream';
import { AuditTrail, CONNECTION, RollupReader } from '#store';
import { exposeAccounts } from './accounts-metric.js';
import { controllers } from './api.js';
import type { DashboardConfig } from './dashboard.config.js';
import { signInNoted } from './audited-sign-ins.js';
import { FigureAnswers } from './conditional.js';
import { DecisionsModule } from './decisions.module.js';
import { EntryModule } from './entry/entry.module.js';
import { EventLog } from './event-log.js';
import { KnownSigners } from './known-signers.js';
import { LiveSource } from './live-source.js';
import { LiveStream } from './live-stream.js';
import { liveTransport } from './live.transport.js';
import { watchNationalFigures } from './national-freshness.js';
import { RefusalViews } from './refusal-views.js';
import { RollupView } from './rollup-view.js';
import { SuspiciousFigures } from './suspicious-cells.js';
import { TableView } from './table-view.js';
import { exposeWatchers } from './stream-metrics.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WrittenPlaces } from './written-places.js';

/** Ends looking at how fresh the national figures are. */
const END_FRESHNESS = Symbol('EndFreshness');

const begunSource = async (
  kafka: Kafka,
  topics: Topics,
  { TOPIC_PREFIX }: DashboardConfig,
  reader: RollupReader,
  logger: Logger,
): Promise<LiveSource> => {
  const source = new LiveSource({
    topics: [topics.nationalRollups, topics.provinceRollups, topics.communeRollups],
    reader,
    written: new WrittenPlaces(kafka, TOPIC_PREFIX),
    logger,
  });
  await source.begin();
  return source;
};

const watchedStream = (
  source: LiveSource,
  topics: Topics,
  reader: RollupReader,
  logger: Logger,
  watch: ServiceWatch,
): LiveStream => {
  const live = new LiveStream(source, topics, reader, new EventLog(randomUUID()), logger);
  exposeWatchers(live, watch.service);
  exposeAccounts(reader, watch.service);
  return live;
};

const watchedFreshness = (kafka: Kafka, { TOPIC_PREFIX }: DashboardConfig, topics: Topics, watch: ServiceWatch) =>
  watchNationalFigures(kafka, TOPIC_PREFIX, topics, watch.service);

const secretsOf = (config: DashboardConfig) => new WebhookSecrets(outgoingRules(config), sealingKeyOf(config));

@Module({
  imports: [DecisionsModule, EntryModule],
  controllers,
  providers: [
    RefusalViews,
    RollupView,
    TableView,
    SuspiciousFigures,
    FigureAnswers,
    { provide: AuditTrail, useFactory: AuditTrail.prepared, inject: [CONNECTION] },
    { provide: WebhookSecrets, useFactory: secretsOf, inject: [CONFIG] },
    {
      provide: LiveSource,
      useFactory: begunSource,
      inject: [KAFKA, TOPICS, CONFIG, RollupReader, LOGGER, TOPIC_PARTITIONS],
    },
    {
      provide: LiveStream,
      useFactory: watchedStream,
      inject: [LiveSource, TOPICS, RollupReader, LOGGER, ServiceWatch],
    },
    {
      provide: KafkaBatchServer,
      useFactory: liveTransport,
      inject: [KAFKA, TOPICS, CONFIG, LiveSource, LOGGER, ServiceLife, ServiceWatch],
    },
    { provide: END_FRESHNESS, useFactory: watchedFreshness, inject: [KAFKA, CONFIG, TOPICS, ServiceWatch] },
  ],
})
export class DashboardModule implements OnApplicationShutdown {
  constructor(
    @Inject(END_FRESHNESS) private readonly endFreshness: () => Promise<void>,
    private readonly source: LiveSource,
    private readonly life: ServiceLife,
    signIns: SignInWatch,
    log: AuditLog,
    signers: KnownSigners,
  ) {
    signIns.onSignIn(async (outcome) => {
      await log.note(signInNoted(outcome));
      if (outcome.what === 'signed-in' && outcome.principal) signers.signedIn(outcome.principal);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.life.closing(() => this.endFreshness());
    await this.life.closing(() => this.source.close());
  }
}
