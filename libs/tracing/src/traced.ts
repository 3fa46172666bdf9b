/**
 * Begins tracing where the environment asks for it; the first import of every service's main (`#tracing/traced`).
 *
 * Before anything else is loaded, because the packages that are watched (HTTP, Fastify, MongoDB, Redis) are wrapped as they are loaded;
 * hence required, not imported. Nothing of OpenTelemetry is loaded otherwise.
 */
import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type * as FastifyOtel from '@fastify/otel';
import type * as Http from '@opentelemetry/instrumentation-http';
import type * as Redis from '@opentelemetry/instrumentation-ioredis';
import type * as MongoDb from '@opentelemetry/instrumentation-mongodb';
import type * as Sdk from '@opentelemetry/sdk-node';
import type * as BullMq from 'bullmq-otel';
import { OtelTracing } from './otel-tracing.js';
import { isTraced, traceBy } from './tracing.js';

/** Of the traces that begin here so many are kept, unless `OTEL_TRACES_SAMPLER` and its argument say otherwise. */
const USUAL_SAMPLER = 'parentbased_traceidratio';
const USUAL_SHARE = '0.05';

/** Probes come every few seconds and tell nothing. */
const probes = new Set(['/healthz', '/readyz', '/metrics']);
const isProbe = ({ url }: IncomingMessage): boolean => probes.has(url ?? '');

/** `tonghop-rollup-check`, by the program and its stage. */
const serviceName = (): string => {
  const app = /apps[\\/]([a-z]+)[\\/]/.exec(process.argv[1] ?? '')?.[1];
  return ['tonghop', app, app === 'rollup' ? process.env.STAGE : undefined].filter(Boolean).join('-');
};

const load = createRequire(import.meta.url);

const begin = (): void => {
  process.env.OTEL_TRACES_SAMPLER ||= USUAL_SAMPLER;
  process.env.OTEL_TRACES_SAMPLER_ARG ||= USUAL_SHARE;
  const { NodeSDK } = load('@opentelemetry/sdk-node') as typeof Sdk;
  const { BullMQOtel } = load('bullmq-otel') as typeof BullMq;
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME || serviceName(),
    instrumentations: instrumentations(),
    // Metrics are Prometheus', logs are on standard error.
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  const api = load('@opentelemetry/api') as ConstructorParameters<typeof OtelTracing>[0];
  // A collector that is away is no fault of the drain.
  const close = () => sdk.shutdown().catch(() => undefined);
  traceBy(new OtelTracing(api, new BullMQOtel({ tracerName: 'tonghop' }), close));
};

/** Neither who sent something nor what a query holds is any part of a trace. */
const instrumentations = () => {
  const { HttpInstrumentation } = load('@opentelemetry/instrumentation-http') as typeof Http;
  const { FastifyOtelInstrumentation } = load('@fastify/otel') as typeof FastifyOtel;
  const { MongoDBInstrumentation } = load('@opentelemetry/instrumentation-mongodb') as typeof MongoDb;
  const { IORedisInstrumentation } = load('@opentelemetry/instrumentation-ioredis') as typeof Redis;
  return [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: isProbe,
      disableOutgoingRequestInstrumentation: true,
      startIncomingSpanHook: () => ({ 'client.address': undefined, 'network.peer.address': undefined }),
    }),
    new FastifyOtelInstrumentation({
      registerOnInitialization: true,
      instrumentHooks: false,
      instrumentHandler: false,
      recordExceptions: false,
    }),
    new MongoDBInstrumentation({
      requireParentSpan: true,
      dbStatementSerializer: (command) => Object.keys(command)[0] ?? '',
    }),
    new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
  ];
};

if (isTraced(process.env)) begin();
