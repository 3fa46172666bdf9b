/**
 * A record as Kafka's protocol writes it (KIP-98: message format 2), in one piece.
 *
 * kafkajs 2.2.4 writes every record into half a kilobyte of its own, each length by way of an array and another buffer, and counts
 * the bytes of a text twice: 20 µs a record, which is most of what a flush after a catching-up takes. The bytes are the same
 * (record.spec.ts holds them against kafkajs' own).
 */
export interface ProtocolRecord {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: Readonly<Record<string, string | Buffer>>;
}

/** What kafkajs takes for an encoder whose content is to be copied. */
export interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

const NOTHING = -1;
const ATTRIBUTES_BYTES = 1;
const none: NonNullable<ProtocolRecord['headers']> = Object.freeze({});
/** A delta of time in the protocol is 64 bits wide; with less than this, 32 say the same. */
export const MAX_SHORT_DELTA = 2 ** 30;

const zigZag = (value: number) => ((value << 1) ^ (value >> 31)) >>> 0;

const varintSize = (value: number): number => {
  const bits = 32 - Math.clz32(zigZag(value) | 1);
  return Math.ceil(bits / 7);
};

const writeVarint = (into: Buffer, at: number, value: number): number => {
  let rest = zigZag(value);
  while (rest > 0x7f) {
    into[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  into[at++] = rest;
  return at;
};

const bytesOf = (content: string | Buffer | null | undefined): number =>
  content === null || content === undefined
    ? NOTHING
    : typeof content === 'string'
      ? Buffer.byteLength(content)
      : content.length;

const writeBytes = (into: Buffer, start: number, content: string | Buffer | null | undefined, size: number): number => {
  const at = writeVarint(into, start, size);
  if (content === null || content === undefined) return at;
  if (typeof content === 'string') return at + into.write(content, at);
  return at + content.copy(into, at);
};

const sizeOfHeaders = (names: readonly string[], headers: NonNullable<ProtocolRecord['headers']>): number => {
  let size = varintSize(names.length);
  for (const name of names) {
    const nameSize = Buffer.byteLength(name);
    const valueSize = bytesOf(headers[name]);
    size += varintSize(nameSize) + nameSize + varintSize(valueSize) + valueSize;
  }
  return size;
};

export const encodeRecord = (record: ProtocolRecord): Encoded => {
  const { offsetDelta = 0, timestampDelta = 0, key, value, headers = none } = record;
  const keySize = bytesOf(key);
  const valueSize = bytesOf(value);
  const names = Object.keys(headers);
  const body =
    ATTRIBUTES_BYTES +
    sizeOfHeaders(names, headers) +
    varintSize(timestampDelta) +
    varintSize(offsetDelta) +
    varintSize(keySize) +
    Math.max(keySize, 0) +
    varintSize(valueSize) +
    Math.max(valueSize, 0);
  const buf = Buffer.allocUnsafe(varintSize(body) + body);
  let at = writeVarint(buf, 0, body);
  buf[at++] = 0;
  at = writeVarint(buf, at, timestampDelta);
  at = writeVarint(buf, at, offsetDelta);
  at = writeBytes(buf, at, key, keySize);
  at = writeBytes(buf, at, value, valueSize);
  at = writeVarint(buf, at, names.length);
  for (const name of names) {
    at = writeBytes(buf, at, name, Buffer.byteLength(name));
    at = writeBytes(buf, at, headers[name], bytesOf(headers[name]));
  }
  return { buf, buffer: buf };
};
