/**
 * The way to Kafka of a service that sends on its own account (`RecordSender`), connected and measured.
 */
import { Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createProducer, RecordSender, type Kafka, type Producer } from '#kafka';
import { inTime } from '#promises';
import { measuredSends } from './event-metrics.js';
import { KAFKA, TOPIC_PARTITIONS } from './kafka.module.js';
import { ServiceLife } from './service-life.js';
import { ServiceWatch } from './service-watch.js';

const PRODUCER = Symbol('Producer');
/** With Kafka away the goodbye would be tried again and again; what was asked for has been answered by now. */
const LEAVE_MS = 3_000;
/** A sender is told soon, and tries again by itself. */
const RETRIES = 4;

const connected = async (kafka: Kafka): Promise<Producer> => {
  const producer = createProducer(kafka, RETRIES);
  await producer.connect();
  return producer;
};

@Global()
@Module({
  providers: [
    { provide: PRODUCER, useFactory: connected, inject: [KAFKA, TOPIC_PARTITIONS] },
    {
      provide: RecordSender,
      useFactory: (producer: Producer, watch: ServiceWatch) => new RecordSender(measuredSends(producer, watch.service)),
      inject: [PRODUCER, ServiceWatch],
    },
  ],
  exports: [RecordSender],
})
export class SenderModule implements OnApplicationShutdown {
  constructor(
    @Inject(PRODUCER) private readonly producer: Producer,
    private readonly life: ServiceLife,
  ) {}

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => inTime(this.producer.disconnect(), LEAVE_MS));
  }
}
