/**
 * Runs a service: `main.ts` says its name, its configuration and its modules; everything else is the same for each of them.
 *
 * In this order: the environment is parsed, every fault said at once; the log; signals, drain and exit status (service-life.ts); probes and metrics,
 * which answer from now on; the modules, which Nest makes as far as one does not need another all at once, Kafka's and MongoDB's connections
 * among them; then the service takes work and says so. The end comes in the opposite order: what brings work is closed first, then the
 * modules, the last one first, then the probes.
 */
import type {
  DynamicModule,
  INestApplication,
  INestApplicationContext,
  NestApplicationOptions,
  Type,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { z } from 'zod';
import { probePortOf, type ServiceName } from '#contracts';
import { HandlerErrors, KafkaBatchServer } from '#stream';
import { parseConfig, type PlatformConfig } from './config.js';
import { createLogger, nestLogger, type Logger } from './logging.js';
import { runMain, ServiceLife } from './service-life.js';
import { secretNames, withSecrets } from './secrets.js';
import { ServiceModule, type Service } from './service.module.js';
import type { TlsConfig } from './tls.js';

/** What `runService` itself needs of a configuration. */
export type ServiceConfig = Pick<PlatformConfig, 'LOG_LEVEL' | 'HEALTH_HOST' | 'HEALTH_PORT' | 'SERVICE_RESTARTS'> &
  TlsConfig;

interface RunningService {
  readonly app: INestApplicationContext;
  /** Takes work from now on; resolves when it does. */
  listen(): Promise<unknown>;
}

/** What brings a service its work. */
export type ServiceKind<C> = (module: DynamicModule, service: Service<C>) => Promise<RunningService>;

export interface ServiceSpec<C extends ServiceConfig> {
  readonly name: ServiceName | ((config: C) => ServiceName);
  readonly config: z.ZodType<C>;
  /** Each may use those before it, and is closed before them. */
  readonly modules: (config: C) => readonly (Type | DynamicModule)[];
  /** Left out: what its modules do by themselves. */
  readonly as?: ServiceKind<C>;
}

/** Nest's messages go to the log, and what fails at the start comes back to whoever starts. */
export const nestOptions = (logger: Logger): Pick<NestApplicationOptions, 'logger' | 'abortOnError'> => ({
  logger: nestLogger(logger),
  abortOnError: false,
});

/** Works by itself: its modules begin when they are all there. */
const worksAlone: ServiceKind<unknown> = async (module, { logger }) => {
  const app = await NestFactory.createApplicationContext(module, nestOptions(logger));
  return { app, listen: () => Promise.resolve() };
};

/** Reads topics, by the transport that its modules provide (`KafkaBatchServer`). */
export const readsTopics: ServiceKind<unknown> = async (module, { logger }) => {
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    ...nestOptions(logger),
    useFactory: (strategy: KafkaBatchServer) => ({ strategy }),
    inject: [KafkaBatchServer],
  } as MicroserviceOptions);
  app.useGlobalFilters(new HandlerErrors());
  return { app, listen: () => app.listen() };
};

/** Reads topics beside what else an application does. */
export const connectTransport = async (app: INestApplication): Promise<void> => {
  // Deferred, or the filter comes too late and every fault of a handler ends the process.
  const options = { deferInitialization: true };
  const strategy = app.get(KafkaBatchServer);
  app.connectMicroservice<MicroserviceOptions>({ strategy }, options).useGlobalFilters(new HandlerErrors());
  await app.startAllMicroservices();
};

class Root {}

const start = async <C extends ServiceConfig>(spec: ServiceSpec<C>): Promise<void> => {
  const config = parseConfig(spec.config, withSecrets(process.env, secretNames));
  const name = typeof spec.name === 'string' ? spec.name : spec.name(config);
  const logger = createLogger(name, config.LOG_LEVEL);
  const life = new ServiceLife(logger);
  const watch = await life.watched(name, config, probePortOf(name));
  const service = { name, config, logger, life, watch, now: Date.now };
  const imports = [ServiceModule.of(service), ...spec.modules(config)];
  const { app, listen } = await (spec.as ?? worksAlone)({ module: Root, imports }, service);
  life.onEnd(() => app.close());
  await listen();
  life.ready();
};

export const runService = <C extends ServiceConfig>(spec: ServiceSpec<C>): void => runMain(() => start(spec));
