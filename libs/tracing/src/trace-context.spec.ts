import { formatTraceContext, MAX_LINKS, parseTraceContext, sampledContexts } from './trace-context.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';
const sampled = `00-${traceId}-${spanId}-01`;
const of = (traceparent: unknown, tracestate?: unknown) => ({ headers: { traceparent, tracestate } as never });

describe('a trace context', () => {
  it('reads what it writes', () => {
    const context = { traceId, spanId, traceFlags: 1, traceState: 'a=b' };
    const { traceparent, tracestate } = formatTraceContext(context);
    expect(traceparent).toBe(sampled);
    expect(parseTraceContext(traceparent, tracestate)).toEqual(context);
  });

  it('of a later version is read as far as it is known', () => {
    expect(parseTraceContext(`01-${traceId}-${spanId}-03-more`)).toEqual({ traceId, spanId, traceFlags: 1 });
  });

  it.each([
    ['nothing', ''],
    ['capitals', sampled.toUpperCase()],
    ['more behind version 00', `${sampled}-more`],
    ['version ff', sampled.replace('00-', 'ff-')],
    ['no trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['no span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a line behind it', `${sampled}\n`],
    ['very much', `01-${traceId}-${spanId}-01-${'x'.repeat(300)}`],
  ])('is none where the header is %s', (_, header) => {
    expect(parseTraceContext(header)).toBeUndefined();
  });
});

describe('the contexts of a batch', () => {
  it('are those that are kept, each once', () => {
    const other = sampled.replace('0a', '0b');
    const records = [
      of(Buffer.from(sampled), Buffer.from('a=b')),
      of(Buffer.from(sampled)),
      { headers: undefined },
      of(other),
      of(Buffer.from(sampled)),
      of(sampled.replace(/1$/, '0')),
      of([sampled, other]),
      of(Buffer.from([0xff, 0x00])),
    ];
    expect(sampledContexts(records)).toEqual([
      { traceId, spanId, traceFlags: 1, traceState: 'a=b' },
      { traceId: traceId.replace('0a', '0b'), spanId, traceFlags: 1 },
    ]);
  });

  it('are no more than can be linked', () => {
    const records = Array.from({ length: 3 * MAX_LINKS }, (_, n) =>
      of(`00-${String(n + 1).padStart(32, '0')}-${spanId}-01`),
    );
    expect(sampledContexts(records)).toHaveLength(MAX_LINKS);
  });

  it('drop a state that is too long, and keep the trace', () => {
    expect(sampledContexts([of(sampled, 'a'.repeat(513))])).toEqual([{ traceId, spanId, traceFlags: 1 }]);
  });
});
