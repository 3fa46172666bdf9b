import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { eventLines, fileBytes, MAX_LINE_BYTES, UnreadableFile } from './event-lines.js';

async function* inPortions(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let n = 1; n < places.length; n += 1) yield await Promise.resolve(bytes.subarray(places[n - 1], places[n]));
}

const linesOf = async (chunks: AsyncIterable<Buffer>): Promise<[number, string | undefined][]> => {
  const lines: [number, string | undefined][] = [];
  for await (const { number, bytes } of eventLines(chunks)) lines.push([number, bytes?.toString('latin1')]);
  return lines;
};

describe('the lines of a file of events', () => {
  it('are the same wherever the bytes are cut: its lines but the blank ones, by their numbers, as they are', async () => {
    const text = fc.array(fc.constantFrom('a', '{}', '\n', '\r', ' ', '\r\n', 'é', '\u2028'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(), { maxLength: 8 }), async (parts, cuts) => {
        const bytes = Buffer.from(parts.join(''));
        const expected = bytes
          .toString('latin1')
          .split('\n')
          .map((line, n) => [n + 1, line.replace(/\r$/, '')])
          .filter(([, line]) => /[^ \r]/.test(line as string));
        expect(await linesOf(inPortions(bytes, cuts))).toEqual(expected);
      }),
    );
  });

  it('that are as long as may be are kept, longer ones are named and not kept', async () => {
    const [most, more] = [MAX_LINE_BYTES, MAX_LINE_BYTES + 1].map((length) => 'a'.repeat(length));
    const lines = await linesOf(inPortions(Buffer.from(`${most}\r\n${more}\nb`), [7, 500_000, 1_400_000]));
    expect(lines).toEqual([
      [1, most],
      [2, undefined],
      [3, 'b'],
    ]);
  });

  it('take no more memory for a hundred megabytes without an end', async () => {
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    async function* endless(): AsyncGenerator<Buffer> {
      for (let n = 0; n < 1_600; n += 1) {
        if (n % 100 === 0) most = Math.max(most, process.memoryUsage().arrayBuffers - before);
        yield await Promise.resolve(Buffer.alloc(65_536, 'x'));
      }
      yield Buffer.from('\n{}');
    }
    expect(await linesOf(endless())).toEqual([
      [1, undefined],
      [2, '{}'],
    ]);
    expect(most).toBeLessThan(64 * 1_048_576);
  });
});

describe('a file of events', () => {
  const folder = mkdtempSync(join(tmpdir(), 'event-lines-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const fileOf = (bytes: Buffer | string): string => {
    const file = join(folder, 'events.ndjson');
    writeFileSync(file, bytes);
    return file;
  };
  const read = (bytes: Buffer | string) => linesOf(fileBytes(fileOf(bytes)));
  const two = [
    [1, '{"a":1}'],
    [2, '{"b":2}'],
  ];

  it.each([
    ['as it is', Buffer.from('{"a":1}\n{"b":2}\n')],
    ['with a byte order mark and carriage returns', Buffer.from('\ufeff{"a":1}\r\n{"b":2}\r\n')],
    ['packed by gzip, whatever its name', gzipSync('{"a":1}\n{"b":2}')],
    ['packed in two members', Buffer.concat([gzipSync('{"a":1}\n{"b'), gzipSync('":2}\n')])],
    ['packed, with a byte order mark', gzipSync('\ufeff{"a":1}\r\n{"b":2}')],
  ])('is read %s', async (_how, bytes) => {
    expect(await read(bytes)).toEqual(two);
  });

  it('that is empty has no lines', async () => {
    expect(await read('')).toEqual([]);
    expect(await read('a')).toEqual([[1, 'a']]);
  });

  it('says what is wrong with it where it cannot be read', async () => {
    await expect(read(gzipSync('{"a":1}\n'.repeat(10_000)).subarray(0, -20))).rejects.toThrow(UnreadableFile);
    await expect(read(Buffer.from('\ufeff{}', 'utf16le'))).rejects.toThrow('UTF-16');
    await expect(linesOf(fileBytes(join(folder, 'none')))).rejects.toThrow('ENOENT');
  });
});
