/**
 * The generation that a stage works in, and the records that an operator has set aside. A generation that changes ends the process,
 * which is started again in the new one.
 */
import {
  Global,
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Topics } from '#contracts';
import type { Kafka } from '#kafka';
import { currentGeneration, SkippedRecords, watchGeneration } from '#stream';
import { countSkipped } from './event-metrics.js';
import { KAFKA, TOPIC_PARTITIONS, TOPICS } from './kafka.module.js';
import { ServiceLife } from './service-life.js';
import { ServiceWatch } from './service-watch.js';

/** A number. */
export const GENERATION = Symbol('Generation');

const readSkipped = async (kafka: Kafka, topics: Topics, watch: ServiceWatch): Promise<SkippedRecords> => {
  const skipped = new SkippedRecords(kafka, topics.skippedRecords);
  await skipped.refresh();
  countSkipped(skipped, watch.service);
  return skipped;
};

@Injectable()
class GenerationWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private stop?: () => void;

  constructor(
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(GENERATION) private readonly generation: number,
    private readonly life: ServiceLife,
  ) {}

  onApplicationBootstrap(): void {
    this.stop = watchGeneration(this.kafka, this.topics.control, this.generation, this.life.restart);
  }

  onApplicationShutdown(): void {
    this.stop?.();
  }
}

@Global()
@Module({
  providers: [
    {
      provide: GENERATION,
      useFactory: (kafka: Kafka, { control }: Topics) => currentGeneration(kafka, control),
      inject: [KAFKA, TOPICS, TOPIC_PARTITIONS],
    },
    { provide: SkippedRecords, useFactory: readSkipped, inject: [KAFKA, TOPICS, ServiceWatch, TOPIC_PARTITIONS] },
    GenerationWatch,
  ],
  exports: [GENERATION, SkippedRecords],
})
export class GenerationModule {}
