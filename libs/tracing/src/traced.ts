/**
 * Begins tracing where the environment asks for it; the first import of every service's main (`#tracing/traced`).
 *
 * Before anything else is loaded, because the packages that are watched (MongoDB, Redis) are wrapped as they are loaded; hence required,
 * not imported. OpenTelemetry's SDK is not loaded otherwise.
 */
import { createRequire } from 'node:module';
import type * as Redis from '@opentelemetry/instrumentation-ioredis';
import type * as MongoDb from '@opentelemetry/instrumentation-mongodb';
import type * as Sdk from '@opentelemetry/sdk-node';
import type * as BullMq from 'bullmq-otel';
import { FewRoots } from './few-roots.js';
import { OtelTracing } from './otel-tracing.js';
import { isTraced, traceBy } from './tracing.js';

/** Of the traces that begin here so many are kept, and no more a second in any process, unless `OTEL_TRACES_SAMPLER` says otherwise. */
const USUAL_SHARE = 0.01;
const MOST_A_SECOND = 10;

/**
 * Where packages are watched that look for the span under way. Node follows every promise from the first time that there is one, so
 * this is not done where most events pass: there the span is handed on with the work.
 */
const withContext = new Set(['projection', 'dashboard', 'reports', 'reminders']);

const app = /apps[\\/]([a-z]+)[\\/]/.exec(process.argv[1] ?? '')?.[1] ?? '';

/** `tonghop-rollup-check`, by the program and its stage. */
const serviceName = (): string =>
  ['tonghop', app, app === 'rollup' ? process.env.STAGE : undefined].filter(Boolean).join('-');

const load = createRequire(import.meta.url);

const begin = (): void => {
  const { NodeSDK, tracing: sdkTracing } = load('@opentelemetry/sdk-node') as typeof Sdk;
  const isWatched = withContext.has(app);
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME || serviceName(),
    sampler: process.env.OTEL_TRACES_SAMPLER ? undefined : usualSampler(sdkTracing),
    // Null says that there is to be none; the package leaves that out of its types.
    ...(isWatched ? { instrumentations: instrumentations() } : { contextManager: null as never }),
    // Metrics are Prometheus', logs are on standard error.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  const api = load('@opentelemetry/api') as ConstructorParameters<typeof OtelTracing>[0];
  // A collector that is away is no fault of the drain.
  const close = () => sdk.shutdown().catch(() => undefined);
  traceBy(new OtelTracing(api, isWatched ? queues() : undefined, close));
};

const usualSampler = ({ ParentBasedSampler, TraceIdRatioBasedSampler, SamplingDecision }: typeof Sdk.tracing) => {
  const share = Number(process.env.OTEL_TRACES_SAMPLER_ARG || USUAL_SHARE);
  const none = { decision: SamplingDecision.NOT_RECORD };
  const root = new FewRoots(new TraceIdRatioBasedSampler(share), MOST_A_SECOND, none, () => performance.now());
  return new ParentBasedSampler({ root });
};

const queues = () => {
  const { BullMQOtel } = load('bullmq-otel') as typeof BullMq;
  return new BullMQOtel({ tracerName: 'tonghop' });
};

/** What a query holds is no part of a trace. */
const instrumentations = () => {
  const { MongoDBInstrumentation } = load('@opentelemetry/instrumentation-mongodb') as typeof MongoDb;
  const { IORedisInstrumentation } = load('@opentelemetry/instrumentation-ioredis') as typeof Redis;
  return [
    new MongoDBInstrumentation({
      requireParentSpan: true,
      dbStatementSerializer: (command) => Object.keys(command)[0] ?? '',
    }),
    new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
  ];
};

if (isTraced(process.env)) begin();
