/**
 * Spans by OpenTelemetry, with the names and attributes of its conventions for HTTP and messaging.
 *
 * A trace goes on from topic to topic: what a batch leads to is part of the trace of its first record that is kept, and linked to those of
 * all others. A batch of which no record is in a trace may begin one; the sampler decides. Only traces that are kept leave a header.
 */
import type * as Api from '@opentelemetry/api';
import { AppError } from '#domain';
import {
  formatTraceContext,
  parseTraceContext,
  sampledContexts,
  type TraceContext,
  type TraceHeaders,
} from './trace-context.js';
import type { BegunRequest, Cause, ReadBatch, SpanFacts, TracedRequest, Tracing } from './tracing.js';

export class OtelTracing implements Tracing {
  private readonly tracer: Api.Tracer;

  /** @param close sends off what is not sent yet */
  constructor(
    private readonly api: typeof Api,
    readonly queues: unknown,
    readonly close: () => Promise<void>,
  ) {
    this.tracer = api.trace.getTracer('tonghop');
  }

  readonly request = ({ method, route, path, scheme, traceparent, tracestate }: BegunRequest) => {
    const { SpanKind, ROOT_CONTEXT, trace } = this.api;
    const asked = traceparent === undefined ? undefined : parseTraceContext(traceparent, tracestate);
    const parent = asked === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, this.spanContext(asked));
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'url.path': path,
      'url.scheme': scheme,
    };
    const name = route === undefined ? method : `${method} ${route}`;
    const span = this.tracer.startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
    return span.isRecording() ? this.tracedRequest(span) : undefined;
  };

  private tracedRequest(span: Api.Span): TracedRequest {
    const { context, trace, ROOT_CONTEXT, SpanStatusCode } = this.api;
    return {
      cause: span.spanContext(),
      within: (work) => context.with(trace.setSpan(ROOT_CONTEXT, span), work),
      end: (status) => {
        if (status !== undefined) span.setAttribute('http.response.status_code', status);
        if (status === undefined || status >= 500) {
          span.setAttribute('error.type', status === undefined ? 'aborted' : String(status));
          span.setStatus({ code: SpanStatusCode.ERROR });
        }
        span.end();
      },
    };
  }

  batch<T>(batch: ReadBatch, group: string, work: (cause?: Cause) => Promise<T>): Promise<T> {
    const { topic, partition, firstOffset, records } = batch;
    const contexts = sampledContexts(records).map((context) => this.spanContext(context));
    const attributes = {
      ...messaging('process', topic),
      'messaging.destination.partition.id': String(partition),
      'messaging.batch.message_count': records.length,
      'messaging.consumer.group.name': group,
      'messaging.kafka.offset': Number(firstOffset),
    };
    return this.caused(`process ${topic}`, this.api.SpanKind.CONSUMER, attributes, contexts, work);
  }

  write<T>(partition: number, causes: readonly Cause[], work: (cause?: Cause) => Promise<T>): Promise<T> {
    // Outside of whatever began the timer that led here.
    if (causes.length === 0) return this.outside(work);
    const contexts = causes as readonly Api.SpanContext[];
    const { INTERNAL } = this.api.SpanKind;
    return this.caused('write partition', INTERNAL, { 'tonghop.partition': partition }, contexts, work);
  }

  send<T>(
    records: readonly { readonly topic: string }[],
    cause: Cause | undefined,
    work: (headers?: TraceHeaders) => Promise<T>,
  ): Promise<T> {
    if (records.length === 0 || cause === undefined) return work();
    const { ROOT_CONTEXT, trace } = this.api;
    const topics = [...new Set(records.map(({ topic }) => topic))];
    const [topic] = topics.length === 1 ? topics : [undefined];
    const attributes = { ...messaging('send', topic), 'messaging.batch.message_count': records.length };
    const options = { kind: this.api.SpanKind.PRODUCER, attributes };
    const parent = trace.setSpanContext(ROOT_CONTEXT, cause as Api.SpanContext);
    const span = this.tracer.startSpan(topic === undefined ? 'send' : `send ${topic}`, options, parent);
    const { traceState, ...context } = span.spanContext();
    const headers = formatTraceContext({ ...context, traceState: traceState?.serialize() });
    return this.within(span, () => work(headers));
  }

  step<T>(name: string, facts: SpanFacts, work: () => T): T {
    if (this.api.trace.getActiveSpan()?.isRecording() !== true) return work();
    const span = this.tracer.startSpan(name, { attributes: { ...facts } });
    try {
      return this.api.context.with(this.api.trace.setSpan(this.api.context.active(), span), work);
    } catch (error) {
      this.fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  private caused<T>(
    name: string,
    kind: Api.SpanKind,
    attributes: Api.Attributes,
    contexts: readonly Api.SpanContext[],
    work: (cause?: Cause) => Promise<T>,
  ): Promise<T> {
    const { ROOT_CONTEXT, trace } = this.api;
    const [first] = contexts;
    const parent = first === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, first);
    const links = contexts.map((each) => ({ context: each }));
    const span = this.tracer.startSpan(name, { kind, attributes, links }, parent);
    if (!span.isRecording()) return this.outside(work);
    return this.within(span, () => work(span.spanContext()));
  }

  /** Without a context: to enter one, the empty one too, makes Node follow every promise from then on. */
  private outside<T>(work: (cause?: Cause) => Promise<T>): Promise<T> {
    const { ROOT_CONTEXT, context } = this.api;
    return context.active() === ROOT_CONTEXT ? work() : context.with(ROOT_CONTEXT, () => work());
  }

  private async within<T>(span: Api.Span, work: () => Promise<T>): Promise<T> {
    const { context, trace } = this.api;
    try {
      return await context.with(trace.setSpan(context.active(), span), work);
    } catch (error) {
      this.fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  }

  /** By its code: what it says may tell of an event. */
  private fail(span: Api.Span, error: unknown): void {
    span.setAttribute('error.type', codeOf(error));
    span.setStatus({ code: this.api.SpanStatusCode.ERROR });
  }

  private spanContext({ traceState, ...context }: TraceContext): Api.SpanContext {
    const state = traceState === undefined ? {} : { traceState: this.api.createTraceState(traceState) };
    return { ...context, ...state, isRemote: true };
  }
}

const messaging = (operation: 'process' | 'send', topic: string | undefined): Api.Attributes => ({
  'messaging.system': 'kafka',
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
  ...(topic === undefined ? {} : { 'messaging.destination.name': topic }),
});

const codeOf = (error: unknown): string => {
  if (error instanceof AppError) return error.code;
  const { type, name } = error as { type?: unknown; name?: unknown };
  return typeof type === 'string' ? type : typeof name === 'string' ? name : 'unknown';
};
