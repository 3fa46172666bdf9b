import * as api from '@opentelemetry/api';
import { NodeSDK, tracing as sdk } from '@opentelemetry/sdk-node';
import { AppError } from '#domain';
import { OtelTracing } from './otel-tracing.js';
import type { TraceHeaders } from './trace-context.js';
import type { Cause } from './tracing.js';

class Broken extends AppError {
  readonly code = 'BROKEN';
  readonly retryable = true;
}

const traceId = (n: number): string => String(n).padStart(32, '0');
const asked = (n: number, flags = '01') => ({
  headers: { traceparent: Buffer.from(`00-${traceId(n)}-b7ad6b7169203331-${flags}`), tracestate: 'a=b' },
});
const batchOf = (...records: object[]) => ({ topic: 't', partition: 3, firstOffset: '7', records });
const begun = { method: 'POST', route: '/v1/events/:id', path: '/v1/events/7', scheme: 'http' };

describe('spans', () => {
  const kept = new sdk.InMemorySpanExporter();
  const node = new NodeSDK({
    autoDetectResources: false,
    metricReaders: [],
    logRecordProcessors: [],
    // No trace begins here.
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOffSampler() }),
    spanProcessors: [new sdk.SimpleSpanProcessor(kept)],
  });
  let traced: OtelTracing;
  beforeAll(() => {
    node.start();
    traced = new OtelTracing(api as never, undefined, () => Promise.resolve());
  });
  beforeEach(() => kept.reset());
  afterAll(() => node.shutdown());

  /** The headers that a send is given. */
  const sent = (cause?: Cause): Promise<TraceHeaders | undefined> =>
    traced.send([{ topic: 'out' }], cause, (headers) => Promise.resolve(headers));

  it.each([
    [202, undefined, undefined],
    [422, undefined, undefined],
    [503, '503', api.SpanStatusCode.ERROR],
    [undefined, 'aborted', api.SpanStatusCode.ERROR],
  ])('of a request say what it was and how it ended: %s', (status, type, code = api.SpanStatusCode.UNSET) => {
    traced.request({ ...begun, traceparent: `00-${traceId(1)}-b7ad6b7169203331-01` })?.end(status);
    const [span] = kept.getFinishedSpans();
    const { name, kind, attributes } = span;
    expect([name, kind, span.status.code]).toEqual(['POST /v1/events/:id', api.SpanKind.SERVER, code]);
    expect([span.spanContext().traceId, span.parentSpanContext?.spanId]).toEqual([traceId(1), 'b7ad6b7169203331']);
    expect(attributes).toEqual({
      'http.request.method': 'POST',
      'http.route': '/v1/events/:id',
      'url.path': '/v1/events/7',
      'url.scheme': 'http',
      ...(status === undefined ? {} : { 'http.response.status_code': status }),
      ...(type === undefined ? {} : { 'error.type': type }),
    });
  });

  it('of a request go on in what it sends, and are found by packages that look for them', async () => {
    const request = traced.request({ ...begun, traceparent: `00-${traceId(1)}-b7ad6b7169203331-01` });
    const headers = await sent(request?.cause);
    const active = request?.within(() => api.trace.getActiveSpan()?.spanContext());
    expect(active).toEqual(request?.cause);
    const [send] = kept.getFinishedSpans();
    expect(send.parentSpanContext?.spanId).toBe(active?.spanId);
    expect(headers).toEqual({ traceparent: `00-${traceId(1)}-${send.spanContext().spanId}-01` });
  });

  it.each([
    ['asks for no trace', undefined],
    ['says that its trace is not kept', `00-${traceId(1)}-b7ad6b7169203331-00`],
    ['says what nobody understands', 'nonsense'],
  ])('are none of a request that %s', (_, traceparent) => {
    expect(traced.request({ ...begun, traceparent })).toBeUndefined();
    expect(kept.getFinishedSpans()).toEqual([]);
  });

  it('enter no context where none is kept: Node would follow every promise from then on', async () => {
    const entered = jest.spyOn(api.context, 'with');
    await traced.batch(batchOf({}), 'g', sent);
    await traced.write(3, [], sent);
    expect(entered).not.toHaveBeenCalled();
    entered.mockRestore();
  });

  it('of a batch belong to its first trace, are linked to all, and what is sent goes on', async () => {
    const headers = await traced.batch(batchOf({}, asked(1), asked(2)), 'g', sent);
    const [send, process] = kept.getFinishedSpans();
    expect([process.name, process.spanContext().traceId]).toEqual(['process t', traceId(1)]);
    expect(process.links.map(({ context }) => context.traceId)).toEqual([traceId(1), traceId(2)]);
    expect(process.attributes).toMatchObject({
      'messaging.system': 'kafka',
      'messaging.destination.name': 't',
      'messaging.destination.partition.id': '3',
      'messaging.batch.message_count': 3,
    });
    const traceparent = `00-${traceId(1)}-${send.spanContext().spanId}-01`;
    expect(headers).toEqual({ traceparent, tracestate: 'a=b' });
  });

  it.each([
    ['none asks for a trace', [{}]],
    ['the trace is not kept', [asked(1, '00')]],
  ])('are none, and records stay as they are, where %s', async (_, records) => {
    expect(await traced.batch(batchOf(...records), 'g', sent)).toBeUndefined();
    expect(kept.getFinishedSpans()).toEqual([]);
  });

  it('say a fault by its code and nothing more', async () => {
    const failing = traced.batch(batchOf(asked(1)), 'g', () => Promise.reject(new Broken('00004 said 12')));
    await expect(failing).rejects.toThrow(Broken);
    const [{ attributes, status, events }] = kept.getFinishedSpans();
    expect([attributes['error.type'], status, events]).toEqual(['BROKEN', { code: api.SpanStatusCode.ERROR }, []]);
  });

  it('of a write are linked to all of its batches', async () => {
    const causes: object[] = [];
    for (const n of [1, 2]) {
      await traced.batch(batchOf(asked(n)), 'g', (cause) => Promise.resolve(causes.push(cause as object)));
    }
    await traced.write(3, causes, sent);
    const write = kept.getFinishedSpans().find(({ name }) => name === 'write partition');
    expect(write?.spanContext().traceId).toBe(traceId(1));
    expect(write?.links.map(({ context }) => context)).toEqual(causes);
  });

  it('of a write without causes are none, whatever began the timer that led to it', async () => {
    const headers = await traced.batch(batchOf(asked(1)), 'g', () => traced.write(3, [], sent));
    expect(headers).toBeUndefined();
    expect(kept.getFinishedSpans().map(({ name }) => name)).toEqual(['process t']);
  });

  it('of a step are part of what is under way', async () => {
    await traced.batch(batchOf(asked(1)), 'g', () => Promise.resolve(traced.step('send stream', { n: 2 }, () => 1)));
    const [step, process] = kept.getFinishedSpans();
    expect([step.name, step.attributes, step.parentSpanContext?.spanId]).toEqual([
      'send stream',
      { n: 2 },
      process.spanContext().spanId,
    ]);
    expect(traced.step('send stream', {}, () => 1)).toBe(1);
    expect(kept.getFinishedSpans()).toHaveLength(2);
  });
});
