/** Traces, from an HTTP request through every topic to MongoDB and the stream; and none where nobody asked for them. */
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { SseClient } from '../kit/sse.js';
import { readUntil } from '../kit/topic.js';
import { TraceReceiver, type SeenSpan } from '../kit/trace-receiver.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const EVERYTHING = 'check,province,ministry,projection,intake,dashboard,reports';
/** Nothing begins a trace by itself: what is kept is what a request asked to be kept. */
const onlyOnRequest = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
const traceId = (n: number): string => String(n).padStart(32, 'a');
const SENDER = 'b'.repeat(16);
const traceparent = (n: number): string => `00-${traceId(n)}-${SENDER}-01`;

const send = (it_: TestInstallation, event: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  authorizedFetch(`${it_.intake}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', ...headers },
    body: JSON.stringify(event),
  });

/** Services and names, without the prefix of the installation and the version of the topic. */
const stepsOf = (spans: readonly SeenSpan[], prefix: string): string[] =>
  spans.map(({ service, name }) => `${service}: ${name.replace(`${prefix}.`, '').replace('.v1', '')}`);

/** Those whose parent was told of neither by the sender nor by another span. */
const orphansOf = (spans: readonly SeenSpan[]): SeenSpan[] => {
  const known = new Set([SENDER, ...spans.map(({ spanId }) => spanId)]);
  return spans.filter(({ parentSpanId }) => !known.has(parentSpanId ?? ''));
};

const isJob = ({ service, name }: SeenSpan): boolean => service === 'tonghop-reports' && name.startsWith('process ');

describe('tracing', () => {
  let receiver: TraceReceiver;
  let it_: TestInstallation;
  let stream: SseClient;

  beforeAll(async () => {
    receiver = await TraceReceiver.open();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      ...onlyOnRequest,
    };
    it_ = await startInstallation(EVERYTHING, { env });
    stream = await SseClient.open(`${it_.dashboard}/v1/stream?unit=VN`);
  });
  afterAll(async () => {
    stream.close();
    await it_.stop();
    await receiver.close();
  });

  /** The spans of a trace as soon as all of these steps are among them and nothing is missing between. */
  const seen = async (n: number, last: readonly string[]): Promise<SeenSpan[]> => {
    const missing = () => {
      const spans = receiver.ofTrace(traceId(n));
      const steps = stepsOf(spans, it_.env.TOPIC_PREFIX);
      const open = stepsOf(orphansOf(spans), it_.env.TOPIC_PREFIX).map((step) => `parent of ${step}`);
      return Promise.resolve([...last.filter((step) => !steps.includes(step)), ...open]);
    };
    await eventually(missing, (steps) => steps.length === 0);
    return receiver.ofTrace(traceId(n));
  };

  it('follows an event from its request through every topic to MongoDB and the stream', async () => {
    const { status } = await send(it_, anEvent(), { traceparent: traceparent(1) });
    expect(status).toBe(202);
    const expected = [
      'tonghop-intake: POST /v1/events',
      'tonghop-intake: send indicator-events',
      'tonghop-rollup-check: process indicator-events',
      'tonghop-rollup-check: send commune-reports',
      'tonghop-rollup-province: process commune-reports',
      'tonghop-rollup-province: write partition',
      'tonghop-rollup-province: send',
      'tonghop-rollup-ministry: process province-rollups',
      'tonghop-rollup-ministry: write partition',
      'tonghop-projection: process commune-rollups',
      'tonghop-projection: process province-rollups',
      'tonghop-projection: process national-rollups',
      'tonghop-projection: write partition',
      'tonghop-dashboard: process national-rollups',
      'tonghop-dashboard: send stream',
    ];
    const spans = await seen(1, expected);
    expect(orphansOf(spans)).toEqual([]);
    const inMongo = spans.filter(({ attributes }) => attributes['db.system.name'] === 'mongodb');
    const parents = new Map(spans.map((span) => [span.spanId, span.name.replace(/^.*\.(.*)\.v1$/, '$1')]));
    expect(new Set(inMongo.map(({ parentSpanId }) => parents.get(parentSpanId as string)))).toEqual(
      new Set(['write partition', 'province-rollups', 'national-rollups']),
    );
    expect(stream.rollups('2026-03', 'c')).not.toEqual([]);
  });

  it('links a batch to every trace that it read of', async () => {
    const events = [anEvent({ data: { indicator: 'd' } }), anEvent({ data: { indicator: 'e' } })];
    const messages = events.map((event, n) => ({
      key: '00004',
      value: JSON.stringify(event),
      headers: { traceparent: traceparent(2 + n) },
    }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    const spans = await seen(2, ['tonghop-rollup-check: process indicator-events']);
    const batch = spans.find(
      ({ service, name }) => service === 'tonghop-rollup-check' && name === `process ${it_.topics.indicatorEvents}`,
    );
    expect(batch?.links.map((link) => link.traceId)).toEqual([traceId(2), traceId(3)]);
  });

  it('says nothing of who sent an event or of what it says', async () => {
    await send(it_, anEvent({ id: 'a-very-own-id', data: { revision: 7, numerator: 17 } }), {
      traceparent: traceparent(4),
    });
    const spans = await seen(4, ['tonghop-projection: process national-rollups']);
    const said = JSON.stringify(spans);
    for (const own of ['a-very-own-id', '00004', 'client.address', 'network.peer.address', '"?'])
      expect(said).not.toContain(own);
  });

  it('follows a summary from its request over its job to MongoDB', async () => {
    const response = await authorizedFetch(`${it_.dashboard}/v1/summaries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', traceparent: traceparent(5) },
      body: JSON.stringify({ window: '2026-03' }),
    });
    expect(response.status).toBe(202);
    await seen(5, ['tonghop-dashboard: POST /v1/summaries']);
    const spans = await eventually(
      () => Promise.resolve(receiver.ofTrace(traceId(5))),
      (all) =>
        all.some(isJob) &&
        all.some(({ service, name }) => service === 'tonghop-reports' && name.endsWith(' summaries')),
    );
    const added = spans.find(({ name }) => name.startsWith('add '));
    expect(spans.find(isJob)).toMatchObject({ parentSpanId: added?.spanId });
  });

  it('begins no trace where the sampler keeps none', async () => {
    await send(it_, anEvent({ data: { revision: 9 } }));
    await it_.drained();
    const asked = new Set([1, 2, 3, 4, 5].map(traceId));
    expect(receiver.spans.filter((span) => !asked.has(span.traceId))).toEqual([]);
  });
});

describe('without a variable that asks for traces', () => {
  it('no record gets a header, and the one that a sender gave is passed over', async () => {
    const it_ = await startInstallation('check,intake');
    try {
      await send(it_, anEvent(), { traceparent: traceparent(1) });
      const headers = { traceparent: traceparent(2), tracestate: 'a=b' };
      const value = JSON.stringify(anEvent({ data: { unit: '00008' } }));
      await it_.producer.send({ topic: it_.topics.indicatorEvents, messages: [{ key: '00008', value, headers }] });
      const events = await readUntil(it_, it_.topics.indicatorEvents, (records) => records.length === 2);
      expect(events.map(({ headers: { traceparent: parent } = {} }) => parent?.toString()).sort()).toEqual([
        traceparent(2),
        undefined,
      ]);
      const reports = await readUntil(it_, it_.topics.communeReports, (records) => records.length === 2);
      expect(reports.map(({ headers }) => Object.keys(headers ?? {}))).toEqual([[], []]);
      expect(reports.map(({ value: text }) => (JSON.parse(String(text)) as { counts: unknown }).counts)).toEqual(
        Array(2).fill({ read: 1, superseded: 0, repeated: 0, refused: 0 }),
      );
    } finally {
      await it_.stop();
    }
  });
});
