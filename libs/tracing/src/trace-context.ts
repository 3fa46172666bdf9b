/**
 * Trace context in records (W3C Trace Context, `traceparent` and `tracestate`): which traces led to a batch.
 *
 * Headers are strangers' bytes: what is not well formed is passed over, work is bounded, and a context is looked at only where its sender
 * says that its trace is kept.
 */

/** As kafkajs hands headers on. */
export type TraceHeadersIn = Readonly<Record<string, Buffer | string | readonly (Buffer | string)[] | undefined>>;

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceFlags: number;
  readonly traceState?: string;
}

/** What a record carries; the names are those of W3C, without a prefix: they are no attributes of an event. */
export interface TraceHeaders {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** Links of a span to others at most. */
export const MAX_LINKS = 128;
const SAMPLED = 1;
const MAX_STATE_BYTES = 512;
const MAX_PARENT_BYTES = 256;
const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

export const formatTraceContext = ({ traceId, spanId, traceFlags, traceState }: TraceContext): TraceHeaders => ({
  traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
  ...(traceState ? { tracestate: traceState } : {}),
});

/** A context by its headers; undefined where there is none that is well formed. */
export const parseTraceContext = (parent: string, state?: string): TraceContext | undefined => {
  const match = parent.length > MAX_PARENT_BYTES ? null : FORM.exec(parent);
  if (match === null) return undefined;
  const [, version, traceId, spanId, flags, more] = match;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  const traceFlags = Number.parseInt(flags, 16) & SAMPLED;
  return state === undefined ? { traceId, spanId, traceFlags } : { traceId, spanId, traceFlags, traceState: state };
};

/** The contexts of records whose traces are kept, each once, no more than can be linked. */
export const sampledContexts = (records: readonly { readonly headers?: TraceHeadersIn }[]): TraceContext[] => {
  const contexts = new Map<string, TraceContext>();
  let last: unknown;
  for (const { headers } of records) {
    const header = headers?.traceparent;
    if (header === undefined || isSame(header, last)) continue;
    last = header;
    const parent = textOf(header, MAX_PARENT_BYTES);
    if (parent === undefined || contexts.has(parent)) continue;
    const context = parseTraceContext(parent, textOf(headers?.tracestate, MAX_STATE_BYTES));
    if (context === undefined || context.traceFlags !== SAMPLED) continue;
    contexts.set(parent, context);
    if (contexts.size >= MAX_LINKS) break;
  }
  return [...contexts.values()];
};

/** Records that one request led to follow each other. */
const isSame = (header: unknown, last: unknown): boolean =>
  Buffer.isBuffer(header) && Buffer.isBuffer(last) && header.equals(last);

/** One that comes twice means nothing. */
const textOf = (header: TraceHeadersIn[string], most: number): string | undefined =>
  (Buffer.isBuffer(header) || typeof header === 'string') && header.length <= most
    ? typeof header === 'string'
      ? header
      : header.toString('latin1')
    : undefined;
