/**
 * The lines of a file of events: as bytes, numbered, in memory that does not grow with the file or with a line.
 *
 * Bytes are kept as they are: they are what will stand in the event topic. Only what editors and other systems put around lines is
 * taken off: a byte order mark at the beginning, carriage returns at the ends, blank lines. gzip is known by its first bytes, whatever the
 * file is called.
 */
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

export interface EventLine {
  /** From 1, blank lines counted, as editors show it. */
  readonly number: number;
  /** Undefined where there are more than `MAX_LINE_BYTES`. */
  readonly bytes: Buffer | undefined;
}

/** What a broker takes as one record, at its defaults and with room for what is around it. */
export const MAX_LINE_BYTES = 900_000;

/** A file that has no lines to be read, said in the reader's terms. */
export class UnreadableFile extends Error {}

const NEW_LINE = 10;
const CARRIAGE_RETURN = 13;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF_16 = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
const GZIP = Buffer.from([0x1f, 0x8b]);

/** The bytes of a file, unpacked where they are gzip; `-` is standard input. Throws `UnreadableFile` where they are broken, or UTF-16. */
export async function* fileBytes(file: string): AsyncGenerator<Buffer> {
  const raw = withWholeBeginning(file === '-' ? process.stdin : createReadStream(file));
  try {
    const { value: first } = (await raw.next()) as { value: Buffer | undefined };
    if (first === undefined) return;
    yield* textOf(startsWith(first, GZIP) ? unpacked(first, raw) : again(first, raw));
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile((error as Error).message, { cause: error });
  }
}

const startsWith = (bytes: Buffer, beginning: Buffer): boolean => bytes.subarray(0, beginning.length).equals(beginning);

/** The chunks, the first of them long enough to tell what the file is. */
async function* withWholeBeginning(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let first: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (first === undefined) yield chunk;
    else {
      first = Buffer.concat([first, chunk]);
      if (first.length < MARK.length) continue;
      yield first;
      first = undefined;
    }
  }
  if (first !== undefined && first.length > 0) yield first;
}

async function* again(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

const unpacked = (first: Buffer, rest: AsyncIterable<Buffer>): AsyncIterable<Buffer> => {
  const gunzip = createGunzip();
  // Its fault ends the reading below.
  pipeline(Readable.from(again(first, rest)), gunzip, () => undefined);
  return withWholeBeginning(gunzip);
};

async function* textOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (isFirst && UTF_16.some((mark) => startsWith(chunk, mark))) {
      throw new UnreadableFile('tệp là UTF-16, hãy lưu lại bằng UTF-8 / the file is UTF-16: save it as UTF-8');
    }
    yield isFirst && startsWith(chunk, MARK) ? chunk.subarray(MARK.length) : chunk;
    isFirst = false;
  }
}

/** The lines of bytes that come in portions, cut anywhere. */
export async function* eventLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<EventLine> {
  const line = new GrowingLine();
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      line.add(chunk.subarray(from, end));
      yield* line.ended();
      from = end + 1;
    }
    line.add(chunk.subarray(from));
  }
  yield* line.ended();
}

/** The line that is being read. Of one that is too long nothing is kept. */
class GrowingLine {
  private number = 1;
  private parts: Buffer[] = [];
  private length = 0;

  add(part: Buffer): void {
    this.length += part.length;
    if (this.length <= MAX_LINE_BYTES + 1) this.parts.push(part);
    else this.parts = [];
  }

  /** What it is, unless it is blank; the next one begins. */
  *ended(): Generator<EventLine> {
    const whole = this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts);
    const bytes = whole.at(-1) === CARRIAGE_RETURN ? whole.subarray(0, -1) : whole;
    const isTooLong = this.length > MAX_LINE_BYTES + 1 || bytes.length > MAX_LINE_BYTES;
    if (isTooLong) yield { number: this.number, bytes: undefined };
    else if (!isBlank(bytes)) yield { number: this.number, bytes };
    this.number += 1;
    this.parts = [];
    this.length = 0;
  }
}

const BLANKS = new Set([9, 11, 12, 13, 32]);
const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => BLANKS.has(byte));
