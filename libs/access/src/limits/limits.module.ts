/** The rate limits of a service (`RateLimits`), by its own configuration of them; counted in Redis where there is one. */
import { Global, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import {
  CLOCK,
  CONFIG,
  LOGGER,
  SERVICE_NAME,
  ServiceLife,
  ServiceWatch,
  type Clock,
  type Logger,
  type RedisSecurity,
} from '#service';
import { memoryCounter, type RateCounter } from './rate-counter.js';
import { RateLimits, type LimitReason, type LimitSettings, type OnLimited } from './rate-limits.js';
import { WorkerCounter, workerFile, workerSettings } from './worker-counter.js';

export const ON_LIMITED = Symbol('OnLimited');

/** What the limits need of a configuration. */
export type LimitsConfig = Partial<RedisSecurity> & { readonly TOPIC_PREFIX: string };

const reasons: readonly LimitReason[] = ['key', 'unit', 'address', 'streams'];

const countLimited = ({ service }: ServiceWatch): OnLimited => {
  const limited = service.counter('tonghop_limited_requests_total', 'Requests refused by a limit, by which', [
    'reason',
  ]);
  for (const reason of reasons) limited.inc({ reason }, 0);
  return (reason) => limited.inc({ reason });
};

const counterOf = (config: LimitsConfig, name: string, logger: Logger, watch: ServiceWatch): RateCounter => {
  const { REDIS_URL } = config;
  if (REDIS_URL === undefined) {
    logger.info('REDIS_URL is not set: the rate limits are counted by each process for itself');
    return memoryCounter();
  }
  const isShared = watch.service.gauge('tonghop_limits_shared', 'Whether the rate limits are counted in Redis now');
  const settings = workerSettings({ ...config, REDIS_URL }, `${config.TOPIC_PREFIX}.limit.${name}`);
  return new WorkerCounter(workerFile(), settings, logger, (shared) => {
    isShared.set(shared ? 1 : 0);
    if (!shared) logger.warn('Redis does not answer: the rate limits are counted by each process for itself');
  });
};

@Global()
@Module({})
export class LimitsModule implements OnApplicationShutdown {
  constructor(
    private readonly limits: RateLimits,
    private readonly life: ServiceLife,
  ) {}

  static of<C extends LimitsConfig>(settingsOf: (config: C) => LimitSettings): DynamicModule {
    const limitsOf = (
      config: C,
      name: string,
      logger: Logger,
      watch: ServiceWatch,
      now: Clock,
      onLimited: OnLimited,
    ): RateLimits => {
      const settings = settingsOf(config);
      const isOff = settings.caller.least === 0 && settings.signIns === 0 && settings.failures === 0;
      const counter = isOff ? memoryCounter() : counterOf(config, name, logger, watch);
      return new RateLimits(settings, counter, onLimited, now);
    };
    const providers = [
      { provide: ON_LIMITED, useFactory: countLimited, inject: [ServiceWatch] },
      {
        provide: RateLimits,
        useFactory: limitsOf,
        inject: [CONFIG, SERVICE_NAME, LOGGER, ServiceWatch, CLOCK, ON_LIMITED],
      },
    ];
    return { module: LimitsModule, providers, exports: [RateLimits, ON_LIMITED] };
  }

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.limits.close());
  }
}
