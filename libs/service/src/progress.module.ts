/**
 * How far the pipeline is with what was in the event topic at a moment (`PipelineProgress`): what summaries wait for.
 */
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { summarySteps, type Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { PipelineOffsets, PipelineProgress } from '#stream';
import type { PlatformConfig } from './config.js';
import { KAFKA, TOPICS } from './kafka.module.js';
import { CONFIG } from './service.module.js';
import { ServiceLife } from './service-life.js';

const progressOf = (offsets: PipelineOffsets, topics: Topics, { TOPIC_PREFIX }: PlatformConfig): PipelineProgress =>
  new PipelineProgress(offsets, topics.control, (generation) => summarySteps(TOPIC_PREFIX, topics, generation));

@Global()
@Module({
  providers: [
    { provide: PipelineOffsets, useFactory: (kafka: Kafka) => new PipelineOffsets(kafka), inject: [KAFKA] },
    { provide: PipelineProgress, useFactory: progressOf, inject: [PipelineOffsets, TOPICS, CONFIG] },
  ],
  exports: [PipelineProgress],
})
export class ProgressModule implements OnApplicationShutdown {
  constructor(
    private readonly offsets: PipelineOffsets,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.offsets.close());
  }
}
