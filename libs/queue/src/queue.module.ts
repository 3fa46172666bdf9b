/**
 * The sending end of a queue for a service (`JobQueue`), closed after everything that adds to it.
 */
import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { CONFIG, LOGGER, ServiceLife, ServiceWatch } from '#service';
import { JobQueue, type QueueConfig } from './job-queue.js';

@Global()
@Module({})
export class QueueModule implements OnApplicationShutdown {
  constructor(
    private readonly queue: JobQueue,
    private readonly life: ServiceLife,
  ) {}

  /** @param isNeeded false: the service is ready while Redis is away */
  static of(name: string, { isNeeded = true } = {}): DynamicModule {
    const watched = (config: QueueConfig, logger: Logger, watch: ServiceWatch): JobQueue => {
      const queue = new JobQueue(name, config, logger);
      watch.ready.dependency('redis', () => queue.ping(), { isNeeded });
      return queue;
    };
    const providers = [{ provide: JobQueue, useFactory: watched, inject: [CONFIG, LOGGER, ServiceWatch] }];
    return { module: QueueModule, providers, exports: [JobQueue] };
  }

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.queue.close());
  }
}
