/**
 * What every service stands on, under names that Nest injects: its configuration, its log, its clock, and what watches it.
 */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from './logging.js';
import { ServiceLife } from './service-life.js';
import { ServiceWatch } from './service-watch.js';

/** The configuration, as the service's schema parsed it. */
export const CONFIG = Symbol('Config');
export const LOGGER = Symbol('Logger');
export const SERVICE_NAME = Symbol('ServiceName');
/** Milliseconds since the epoch. */
export const CLOCK = Symbol('Clock');
export type Clock = () => number;

export interface Service<C> {
  readonly name: string;
  readonly config: C;
  readonly logger: Logger;
  readonly life: ServiceLife;
  readonly watch: ServiceWatch;
  readonly now: Clock;
}

@Global()
@Module({})
export class ServiceModule {
  static of({ name, config, logger, life, watch, now }: Service<unknown>): DynamicModule {
    const providers = [
      { provide: SERVICE_NAME, useValue: name },
      { provide: CONFIG, useValue: config },
      { provide: LOGGER, useValue: logger },
      { provide: CLOCK, useValue: now },
      { provide: ServiceLife, useValue: life },
      { provide: ServiceWatch, useValue: watch },
    ];
    return { module: ServiceModule, providers, exports: providers.map(({ provide }) => provide) };
  }
}
