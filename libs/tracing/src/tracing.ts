/**
 * Tracing, as the rest of the program knows it: off unless the process was started to be traced (`#tracing/traced`).
 *
 * Off, a call goes straight on, and OpenTelemetry's SDK is not loaded. On, the work is the same; what a batch, a write or a send was
 * and what led to it is told to a collector. Spans name topics, partitions, counts and codes, never an event, a figure or a text.
 */
import { MAX_LINKS, type TraceHeaders, type TraceHeadersIn } from './trace-context.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Whether the standard variables ask for traces: where to, or by what. `OTEL_SDK_DISABLED` and the exporter `none` keep them off. */
export const isTraced = (env: Variables): boolean => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_TRACES_EXPORTER } = env;
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || OTEL_TRACES_EXPORTER === 'none') return false;
  return Boolean(OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || OTEL_TRACES_EXPORTER);
};

/** What the names and values of a span's attributes may be. */
export type SpanFacts = Readonly<Record<string, string | number>>;

/** A span that leads to others. Handed on with the work, not found by it: to follow promises costs every promise something. */
export type Cause = object;

export interface ReadBatch {
  readonly topic: string;
  readonly partition: number;
  readonly firstOffset: string;
  readonly records: readonly { readonly headers?: TraceHeadersIn }[];
}

/** An HTTP request as it begins. */
export interface BegunRequest {
  readonly method: string;
  /** The pattern that was registered; undefined where there is none. */
  readonly route?: string;
  readonly path: string;
  readonly scheme: string;
  readonly traceparent?: string;
  readonly tracestate?: string;
}

/** A request of which a span is kept. */
export interface TracedRequest {
  readonly cause: Cause;
  /** Works as part of the request, for packages that look for the span under way. */
  within<T>(work: () => T): T;
  /** @param status undefined where no answer was sent */
  end(status: number | undefined): void;
}

/** Work that is given its span where one is kept. */
type Work<T> = (cause?: Cause) => Promise<T>;

export interface Tracing {
  /** Begins a request; undefined where it is not kept, and then nothing more is to be done. The whole: undefined where nothing is traced. */
  readonly request?: (request: BegunRequest) => TracedRequest | undefined;
  /** Work on a batch: part of the trace that led to its first record, linked to every other one's. */
  batch<T>(batch: ReadBatch, group: string, work: Work<T>): Promise<T>;
  /** A write that several batches led to. Without causes it is no span. */
  write<T>(partition: number, causes: readonly Cause[], work: Work<T>): Promise<T>;
  /** Sends records. @param work given the headers that say where they came from; none without a cause */
  send<T>(
    records: readonly { readonly topic: string }[],
    cause: Cause | undefined,
    work: (headers?: TraceHeaders) => Promise<T>,
  ): Promise<T>;
  /** A step of what is under way, where packages look for that. */
  step<T>(name: string, facts: SpanFacts, work: () => T): T;
  /** What BullMQ is given to trace its jobs (`Telemetry`). */
  readonly queues?: unknown;
  /** Sends off what is not sent yet. */
  close(): Promise<void>;
}

const off: Tracing = {
  batch: (_batch, _group, work) => work(),
  write: (_partition, _causes, work) => work(),
  send: (_records, _cause, work) => work(),
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

  note(cause: Cause | undefined): void {
    if (cause !== undefined && this.noted.length < MAX_LINKS) this.noted.push(cause);
  }

  take(): readonly Cause[] {
    if (this.noted.length === 0) return this.noted;
    const { noted } = this;
    this.noted = [];
    return noted;
  }
}
