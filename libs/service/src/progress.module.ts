/**
 * How far the pipeline is with what was in the event topic at a moment (`PipelineProgress`): what summaries wait for.
 */
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { historySteps, summarySteps, type Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { CutOffs, PipelineOffsets, PipelineProgress } from '#stream';
import type { PlatformConfig } from './config.js';
import { KAFKA, TOPICS } from './kafka.module.js';
import { CLOCK, CONFIG, type Clock } from './service.module.js';
import { ServiceLife } from './service-life.js';

const progressOf = (offsets: PipelineOffsets, topics: Topics, { TOPIC_PREFIX }: PlatformConfig): PipelineProgress =>
  new PipelineProgress(offsets, topics.control, (generation) => summarySteps(TOPIC_PREFIX, topics, generation));

const cutOffsOf = (offsets: PipelineOffsets, topics: Topics, config: PlatformConfig, now: Clock): CutOffs => {
  const { TOPIC_PREFIX, CLOCK_SKEW_MS } = config;
  const stepsOf = (generation: number) => historySteps(TOPIC_PREFIX, topics, generation);
  return new CutOffs(new PipelineProgress(offsets, topics.control, stepsOf), now, CLOCK_SKEW_MS);
};

@Global()
@Module({
  providers: [
    { provide: PipelineOffsets, useFactory: (kafka: Kafka) => new PipelineOffsets(kafka), inject: [KAFKA] },
    { provide: PipelineProgress, useFactory: progressOf, inject: [PipelineOffsets, TOPICS, CONFIG] },
    { provide: CutOffs, useFactory: cutOffsOf, inject: [PipelineOffsets, TOPICS, CONFIG, CLOCK] },
  ],
  exports: [CutOffs, PipelineProgress],
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
