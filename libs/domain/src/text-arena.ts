/**
 * Text arena: millions of short texts outside the collected heap.
 *
 * Each cell keeps the id of its report. As strings, five million of them are what the garbage collector mostly walks; as bytes
 * in a few large arrays they cost it nothing. A text is replaced where it stands if it fits, as ids of one sender do. Texts that
 * are long or beyond Latin-1 are rare and stay strings.
 */
const CHUNK = 1 << 20;
/** Room comes in steps of so many bytes. */
const STEP = 16;
/** Before a text stand its room, in steps, and its length. */
const HEAD = 2;
const MAX_LENGTH = 254;
/** In place of a length: the text stands among the strings. */
const ELSEWHERE = 255;

export class TextArena {
  private readonly chunks: Uint8Array[] = [];
  /** Where the next text goes; 0 is no address. */
  private end = STEP;
  private readonly strings = new Map<number, string>();

  /** Keeps a text in place of the one at `address` (0: of none); returns where it stands. */
  put(address: number, text: string): number {
    const isShort = text.length <= MAX_LENGTH && isLatin1(text);
    const length = isShort ? text.length : 0;
    if (address !== 0 && this.strings.size > 0) this.strings.delete(address);
    const place = address !== 0 && this.room(address) >= length ? address : this.allocate(length);
    const chunk = this.chunk(place);
    const at = place % CHUNK;
    chunk[at + 1] = isShort ? length : ELSEWHERE;
    if (!isShort) this.strings.set(place, text);
    for (let n = 0; n < length; n += 1) chunk[at + HEAD + n] = text.charCodeAt(n);
    return place;
  }

  get(address: number): string {
    const chunk = this.chunk(address);
    const at = address % CHUNK;
    const length = chunk[at + 1];
    if (length === ELSEWHERE) return this.strings.get(address) as string;
    const from = at + HEAD;
    return String.fromCharCode.apply(undefined, chunk.subarray(from, from + length) as unknown as number[]);
  }

  private room(address: number): number {
    return this.chunk(address)[address % CHUNK] * STEP - HEAD;
  }

  private allocate(length: number): number {
    const steps = Math.ceil((length + HEAD) / STEP);
    if ((this.end % CHUNK) + steps * STEP > CHUNK) this.end = Math.ceil(this.end / CHUNK) * CHUNK;
    const address = this.end;
    this.end += steps * STEP;
    this.chunk(address)[address % CHUNK] = steps;
    return address;
  }

  private chunk(address: number): Uint8Array {
    const index = Math.floor(address / CHUNK);
    return (this.chunks[index] ??= new Uint8Array(CHUNK));
  }
}

const isLatin1 = (text: string): boolean => {
  for (let n = 0; n < text.length; n += 1) if (text.charCodeAt(n) > 255) return false;
  return true;
};
