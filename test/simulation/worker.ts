/**
 * A worker of a stage in the simulation: the shells of production (transport, controller, partitions, stores, writer) over simulated
 * servers, started and stopped as their `main.ts` does.
 */
import type { Logger } from 'pino';
import { topicsOf, type Topics } from '#contracts';
import type { KafkaBatchServer, RecordBatch } from '#stream';
import { RollupWriter } from '#store';
import { ProjectionController } from '../../apps/projection/src/projection.controller.js';
import { projectionStage } from '../../apps/projection/src/projection.stage.js';
import { CheckController } from '../../apps/rollup/src/check.controller.js';
import { MinistryController, ProvinceController } from '../../apps/rollup/src/partition.controllers.js';
import type { RollupConfig, StageContext } from '../../apps/rollup/src/rollup.config.js';
import { rollupStage } from '../../apps/rollup/src/rollup.stage.js';
import type { SimBroker } from './broker.js';
import type { Drain } from './house.js';
import { clientOf } from './kafka.js';
import type { SimStage } from './plan.js';
import type { SimStore } from './store.js';

export const PARTITIONS = 3;
export const GENERATION = 1;
export const topics: Topics = topicsOf('sim');

export interface Servers {
  readonly broker: SimBroker;
  readonly store: SimStore;
}

const config: Omit<RollupConfig, 'STAGE'> = {
  KAFKA_BROKERS: ['simulated:1'],
  TOPIC_PREFIX: 'sim',
  TOPIC_PARTITIONS: PARTITIONS,
  LOG_LEVEL: 'info',
  KAFKA_SESSION_TIMEOUT_MS: 6_000,
  CLOCK_SKEW_MS: 0,
  COMMUNE_DEADLINE_DAY: 17,
  PROVINCE_DEADLINE_DAY: 20,
  BEHIND_EVENTS: 3,
  BEHIND_FLUSH_MS: 1_500,
  MAX_PENDING: 6,
  SEALED_RAW_MONTHS: 6,
  HEALTH_HOST: '127.0.0.1',
  SERVICE_RESTARTS: 0,
};

type Handlers = Readonly<Record<string, (batch: RecordBatch) => Promise<void>>>;

/** Starts a worker; resolves when it takes work. */
export const startWorker = (
  stage: SimStage,
  servers: Servers,
  logger: Logger,
  onFatal: (error: unknown) => void,
): Promise<Drain> =>
  stage === 'projection' ? startProjection(servers, logger, onFatal) : startRollup(stage, servers, logger, onFatal);

/** So few that months overflow. */
const WORDS_BESIDE = 1;

const startRollup = async (
  STAGE: RollupConfig['STAGE'],
  { broker }: Servers,
  logger: Logger,
  onFatal: (error: unknown) => void,
): Promise<Drain> => {
  const partitions = new Map(Object.values(topics).map((topic) => [topic, PARTITIONS]));
  const context: StageContext = {
    ...{ config: { ...config, STAGE }, topics, generation: GENERATION, partitions },
    wordsBeside: WORDS_BESIDE,
  };
  const stage = await rollupStage(clientOf(broker), context, logger, onFatal);
  const handlers: Record<RollupConfig['STAGE'], () => Handlers> = {
    check: () => handlersOf(new CheckController(context, stage.sender), { indicatorEvents: 'handle' }),
    province: () => handlersOf(new ProvinceController(stage.partitions), { communeReports: 'handle' }),
    ministry: () => handlersOf(new MinistryController(stage.partitions), { provinceRollups: 'handle' }),
  };
  await listen(stage.strategy, handlers[STAGE]());
  return async () => {
    await stage.strategy.close();
    await stage.close();
  };
};

const startProjection = async (
  { broker, store }: Servers,
  logger: Logger,
  onFatal: (error: unknown) => void,
): Promise<Drain> => {
  const writer = new RollupWriter(store.connection(), GENERATION);
  await writer.prepare();
  const context = { config, topics, generation: GENERATION, writer };
  const stage = projectionStage(clientOf(broker), context, logger, onFatal);
  const controller = new ProjectionController(writer, GENERATION, stage.unitMonths, stage.writing);
  const methods = {
    provinceRollups: 'provinceWindows',
    nationalRollups: 'nationalWindows',
    communeRollups: 'unitMonths',
    rejectedEvents: 'rejections',
  } as const;
  await listen(stage.strategy, handlersOf(controller, methods));
  return async () => {
    await stage.strategy.close();
    await stage.unitMonths.close();
  };
};

/** What Nest reads from the controller's decorators. */
const handlersOf = <C>(controller: C, methods: Readonly<Record<string, keyof C>>): Handlers =>
  Object.fromEntries(
    Object.entries(methods).map(([pattern, method]) => {
      const handle = controller[method] as (batch: RecordBatch) => Promise<void>;
      return [pattern, (batch: RecordBatch) => handle.call(controller, batch)];
    }),
  );

const listen = (transport: KafkaBatchServer, handlers: Handlers): Promise<void> =>
  new Promise((resolve, reject) => {
    for (const [pattern, handle] of Object.entries(handlers)) transport.addHandler(pattern, handle, true);
    transport.listen((error) => (error === undefined ? resolve() : reject(error as Error)));
  });
