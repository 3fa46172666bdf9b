import writeWorkbook from 'write-excel-file/node';
import { unpackedBytes } from './unpacked';

describe('how much an archive unpacks to', () => {
  const bytesOf = (buffer: Buffer) => new Uint8Array(buffer).buffer;

  it('is said by its directory, however small it is packed', async () => {
    const rows = Array.from({ length: 2_000 }, () => ['0'.repeat(1_000)]);
    const packed = await writeWorkbook(rows).toBuffer();
    expect(packed.length).toBeLessThan(100_000);
    const small = await writeWorkbook([['a']]).toBuffer();
    expect(unpackedBytes(bytesOf(packed))).toBeGreaterThan((unpackedBytes(bytesOf(small)) as number) + 10_000);
  });

  it('is not known of what is no archive, or one that is cut', async () => {
    expect(unpackedBytes(bytesOf(Buffer.from('no archive at all, of more than twenty-two bytes')))).toBeUndefined();
    expect(unpackedBytes(new ArrayBuffer(3))).toBeUndefined();
    const whole = await writeWorkbook([['a']]).toBuffer();
    expect(unpackedBytes(bytesOf(whole.subarray(200)))).toBeUndefined();
  });
});
