/** The projection as a Nest module: its writer, its stage, and its controller. */
import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import {
  CONFIG,
  GENERATION,
  KAFKA,
  LOGGER,
  partOf,
  ServiceLife,
  ServiceWatch,
  TOPICS,
  type Logger,
  type PlatformConfig,
} from '#service';
import { KafkaBatchServer, SkippedRecords } from '#stream';
import { CONNECTION, RollupWriter, type Connection } from '#store';
import { ProjectionController, TURNS, UNIT_MONTHS } from './projection.controller.js';
import { projectionStage, type ProjectionContext, type ProjectionStage } from './projection.stage.js';

const CONTEXT = Symbol('ProjectionContext');
const STAGE = Symbol('ProjectionStage');

const preparedWriter = async (connection: Connection, generation: number): Promise<RollupWriter> => {
  const writer = new RollupWriter(connection, generation);
  await writer.prepare();
  return writer;
};

const contextOf = (
  config: PlatformConfig,
  topics: Topics,
  generation: number,
  writer: RollupWriter,
  skipped: SkippedRecords,
  watch: ServiceWatch,
): ProjectionContext => ({ config, topics, generation, writer, skipped, watch });

const stageOf = (kafka: Kafka, context: ProjectionContext, logger: Logger, life: ServiceLife): ProjectionStage =>
  projectionStage(kafka, context, logger, life.fatal);

@Module({
  controllers: [ProjectionController],
  providers: [
    { provide: RollupWriter, useFactory: preparedWriter, inject: [CONNECTION, GENERATION] },
    {
      provide: CONTEXT,
      useFactory: contextOf,
      inject: [CONFIG, TOPICS, GENERATION, RollupWriter, SkippedRecords, ServiceWatch],
    },
    { provide: STAGE, useFactory: stageOf, inject: [KAFKA, CONTEXT, LOGGER, ServiceLife] },
    partOf<ProjectionStage>(STAGE, 'strategy', KafkaBatchServer),
    partOf<ProjectionStage>(STAGE, 'unitMonths', UNIT_MONTHS),
    partOf<ProjectionStage>(STAGE, 'writing', TURNS),
  ],
})
export class ProjectionModule implements OnApplicationShutdown {
  constructor(
    @Inject(STAGE) private readonly stage: ProjectionStage,
    private readonly life: ServiceLife,
  ) {}

  /** The transport is closed by now: what waits is written. */
  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.stage.unitMonths.close());
  }
}
