/**
 * Tracing, as the rest of the program knows it: off unless the process was started to be traced (`#tracing/traced`).
 *
 * Off, a call goes straight on, and no package of OpenTelemetry is loaded. On, the work is the same; what a batch, a write or a send was
 * and what led to it is told to a collector. Spans name topics, partitions, counts and codes, never an event, a figure or a text.
 */
import { MAX_LINKS, type TraceHeadersIn } from './trace-context.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether the standard variables ask for traces: where to, or by what. `OTEL_SDK_DISABLED` and the exporter `none` keep them off. */
export const isTraced = (env: Variables): boolean => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_TRACES_EXPORTER } = env;
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || OTEL_TRACES_EXPORTER);
};

/** What the names and values of a span's attributes may be. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** A span that leads to another one later. */
export type Cause = object;

export interface ReadBatch {
  readonly topic: string;
  readonly partition: number;
  readonly firstOffset: string;
  readonly records: readonly { readonly headers?: TraceHeadersIn }[];
}

/** Of a record on its way to Kafka, what is looked at. */
export interface SentRecord {
  readonly topic: string;
  readonly headers?: Record<string, string>;
}

export interface Tracing {
  /** Work on a batch: part of the trace that led to its first record, linked to every other one's. */
  batch<T>(batch: ReadBatch, group: string, work: () => Promise<T>): Promise<T>;
  /** The span under way, for what it leads to later; undefined where none is kept. */
  cause(): Cause | undefined;
  /** A write that several batches led to. Without causes it is no span. */
  write<T>(partition: number, causes: readonly Cause[], work: () => Promise<T>): Promise<T>;
  /** Sends records; in a trace each carries where it came from. */
  send<R extends SentRecord, T>(records: readonly R[], work: (records: readonly R[]) => Promise<T>): Promise<T>;
  /** A step of what is under way. */
  step<T>(name: string, facts: SpanFacts, work: () => T): T;
  /** What BullMQ is given to trace its jobs (`Telemetry`). */
  readonly queues?: unknown;
  /** Sends off what is not sent yet. */
  close(): Promise<void>;
}

const off: Tracing = {
  batch: (_batch, _group, work) => work(),
  cause: () => undefined,
  write: (_partition, _causes, work) => work(),
  send: (records, work) => work(records),
  step: (_name, _facts, work) => work(),
  close: () => Promise.resolve(),
};

let current = off;

export const tracing = (): Tracing => current;

/** Called once, before anything is read or sent. */
export const traceBy = (by: Tracing): void => {
  current = by;
};

/** What led to the next write, so far; of very many the first ones. */
export class Causes {
  private noted: Cause[] = [];

  note(): void {
    const cause = this.noted.length < MAX_LINKS ? current.cause() : undefined;
    if (cause !== undefined) this.noted.push(cause);
  }

  take(): readonly Cause[] {
    if (this.noted.length === 0) return this.noted;
    const { noted } = this;
    this.noted = [];
    return noted;
  }
}
