/** A stage as a Nest module: one controller, and what it needs, for the stage that the configuration names. */
import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import { RecordSender, type Kafka } from '#kafka';
import {
  CONFIG,
  countRefusals,
  GENERATION,
  InvalidConfiguration,
  KAFKA,
  LOGGER,
  partOf,
  sealerOf,
  ServiceLife,
  ServiceWatch,
  TOPIC_PARTITIONS,
  TOPICS,
  type Logger,
  type TopicPartitions,
} from '#service';
import { KafkaBatchServer, SkippedRecords } from '#stream';
import { CheckController } from './check.controller.js';
import { MinistryController, ProvinceController } from './partition.controllers.js';
import type { RollupConfig, StageContext } from './rollup.config.js';
import { rollupStage, type RollupStage } from './rollup.stage.js';
import { PARTITIONS, ROLLUP_STAGE, STAGE_CONTEXT } from './tokens.js';

const controllers = { check: CheckController, province: ProvinceController, ministry: MinistryController };

/** The province stage keeps what it reads of a partition in the same partition of its state. */
const requireSamePartitions = (partitions: TopicPartitions, { communeReports, communeRollups }: Topics): void => {
  if (partitions.get(communeReports) === partitions.get(communeRollups)) return;
  throw new InvalidConfiguration(`${communeReports} and ${communeRollups} must have the same number of partitions`);
};

const contextOf = (
  config: RollupConfig,
  topics: Topics,
  partitions: TopicPartitions,
  generation: number,
  skipped: SkippedRecords,
  watch: ServiceWatch,
): StageContext => {
  requireSamePartitions(partitions, topics);
  const onRefused = config.STAGE === 'check' ? countRefusals(watch.service, 'kafka') : undefined;
  const sealer = sealerOf(config, topics.sealingKeys, Date.now);
  return { config, topics, generation, partitions, skipped, onRefused, sealer };
};

const stageOf = (kafka: Kafka, context: StageContext, logger: Logger, life: ServiceLife, watch: ServiceWatch) =>
  rollupStage(kafka, context, logger, life.fatal, watch);

@Module({})
export class RollupModule implements OnApplicationShutdown {
  constructor(
    @Inject(ROLLUP_STAGE) private readonly stage: RollupStage,
    private readonly life: ServiceLife,
  ) {}

  static of({ STAGE }: RollupConfig): DynamicModule {
    const given = [CONFIG, TOPICS, TOPIC_PARTITIONS, GENERATION, SkippedRecords, ServiceWatch];
    return {
      module: RollupModule,
      controllers: [controllers[STAGE]],
      providers: [
        { provide: STAGE_CONTEXT, useFactory: contextOf, inject: given },
        {
          provide: ROLLUP_STAGE,
          useFactory: stageOf,
          inject: [KAFKA, STAGE_CONTEXT, LOGGER, ServiceLife, ServiceWatch],
        },
        partOf<RollupStage>(ROLLUP_STAGE, 'strategy', KafkaBatchServer),
        partOf<RollupStage>(ROLLUP_STAGE, 'sender', RecordSender),
        partOf<RollupStage>(ROLLUP_STAGE, 'partitions', PARTITIONS),
      ],
    };
  }

  /** The transport is closed by now: what waits is written. */
  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.stage.close());
  }
}
