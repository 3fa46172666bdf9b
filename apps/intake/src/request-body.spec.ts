import { randomBytes } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { constants, createGzip, gzipSync } from 'node:zlib';
import { readBody } from './request-body.js';
import { Room } from './room.js';

const LIMIT = 1_000;
const streamOf = (...parts: readonly number[]) => Readable.from(parts.map((bytes) => Buffer.alloc(bytes, 'x')));
const announcing = (bytes: number) => ({ 'content-length': String(bytes) });
const full = (room: Room, bytes: number): (() => void) => {
  const portion = room.open();
  portion.grow(bytes);
  return () => portion.release();
};

describe("a request's body", () => {
  it('is what arrived, and holds no room afterwards', async () => {
    const room = new Room(100);
    expect(await readBody(room, streamOf(30, 20), announcing(50), LIMIT)).toHaveLength(50);
    full(room, 60);
    expect(await readBody(room, streamOf(40), {}, LIMIT)).toHaveLength(40);
  });

  it('counts as it arrives, not when somebody else is served', async () => {
    const room = new Room(100);
    const slow = new PassThrough();
    const first = readBody(room, slow, announcing(90), LIMIT);
    expect(await readBody(room, streamOf(80), announcing(80), LIMIT)).toHaveLength(80);
    slow.write(Buffer.alloc(70));
    await new Promise(setImmediate);
    await expect(readBody(room, streamOf(40), announcing(40), LIMIT)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    slow.end(Buffer.alloc(20));
    expect(await first).toHaveLength(90);
  });

  it('that finds no room on the way is read to its end, thrown away, and the room given back', async () => {
    const room = new Room(100);
    const release = full(room, 50);
    const body = streamOf(40, 40, 40);
    await expect(readBody(room, body, {}, LIMIT)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(body.readableEnded).toBe(true);
    expect(await readBody(room, streamOf(50), announcing(50), LIMIT)).toHaveLength(50);
    release();
  });

  it('is taken alone when it is larger than all the room', async () => {
    expect(await readBody(new Room(100), streamOf(90, 90), announcing(180), LIMIT)).toHaveLength(180);
  });

  it('is refused when it is larger than a request may be, announced or not', async () => {
    const room = new Room(100);
    const tooLarge = { code: 'REQUEST_TOO_LARGE' };
    await expect(readBody(room, streamOf(10), announcing(LIMIT + 1), LIMIT)).rejects.toMatchObject(tooLarge);
    await expect(readBody(room, streamOf(LIMIT, 1), {}, LIMIT)).rejects.toMatchObject(tooLarge);
  });

  it('that breaks off is unreadable', async () => {
    const body = new PassThrough();
    const reading = readBody(new Room(100), body, announcing(50), LIMIT);
    body.write(Buffer.alloc(10));
    body.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject({ code: 'UNREADABLE_BODY' });
  });
});

describe("a packed request's body", () => {
  const gzip = { 'content-encoding': 'gzip' };
  const unreadable = { code: 'UNREADABLE_BODY', message: 'the body is not whole gzip' };
  const tooBusy = { code: 'TOO_MANY_REQUESTS' };
  /** Bytes in pieces, and how many of them were asked for. */
  const counted = (bytes: Buffer, piece = 4_096) => {
    const pieces = { asked: 0, all: Math.ceil(bytes.length / piece) };
    const body = Readable.from(
      (function* () {
        for (; pieces.asked < pieces.all;) {
          pieces.asked += 1;
          yield bytes.subarray((pieces.asked - 1) * piece, pieces.asked * piece);
        }
      })(),
      { highWaterMark: 1 },
    );
    return { body, pieces };
  };
  const bodyOf = (bytes: Buffer) => Readable.from([bytes]);

  it('is what it unpacks to, in several members too', async () => {
    const text = 'Phường Ba Đình '.repeat(40);
    const members = Buffer.concat([gzipSync(text.slice(0, 100)), gzipSync(text.slice(100))]);
    const room = new Room(LIMIT);
    expect(String(await readBody(room, bodyOf(members), gzip, LIMIT))).toBe(text);
    expect(room.bytes).toBe(0);
  });

  it('that is a bomb is refused as too large, and unpacked no further', async () => {
    const bomb = gzipSync(Buffer.alloc(256 << 20), { level: 9 });
    const room = new Room(1 << 30);
    const { body, pieces } = counted(bomb);
    await expect(readBody(room, body, gzip, 1 << 20)).rejects.toMatchObject({ code: 'REQUEST_TOO_LARGE' });
    expect(pieces.asked).toBeLessThan(pieces.all / 4);
    expect(room.bytes).toBe(0);
  });

  const whole = gzipSync(randomBytes(500));
  it.each([
    ['in its header', whole.subarray(0, 5)],
    ['in the middle', whole.subarray(0, 250)],
    ['before its checksum', whole.subarray(0, -8)],
    ['in its second member', Buffer.concat([whole, whole.subarray(0, 100)])],
  ])('that is cut off %s is unreadable', async (_where, bytes) => {
    const room = new Room(LIMIT);
    await expect(readBody(room, bodyOf(bytes), gzip, LIMIT)).rejects.toMatchObject(unreadable);
    expect(room.bytes).toBe(0);
  });

  it.each([
    ['no gzip at all', Buffer.from('{"specversion":"1.0"}')],
    ['of another checksum', Buffer.concat([whole.subarray(0, -8), Buffer.alloc(8)])],
  ])('that is %s is unreadable', async (_what, bytes) => {
    await expect(readBody(new Room(LIMIT), bodyOf(bytes), gzip, LIMIT)).rejects.toMatchObject(unreadable);
  });

  it('whose sender goes away is unreadable, not waited for', async () => {
    const body = new PassThrough();
    const reading = readBody(new Room(100), body, gzip, LIMIT);
    body.write(whole.subarray(0, 100));
    body.destroy(new Error('aborted'));
    await expect(reading).rejects.toMatchObject({ code: 'UNREADABLE_BODY' });
  });

  it('counts by what it unpacks to, as it does so', async () => {
    const room = new Room(1_000);
    const slow = createGzip();
    const first = readBody(room, slow.pipe(new PassThrough()), gzip, 10_000);
    slow.write(Buffer.alloc(700));
    await new Promise<void>((resolve) => slow.flush(constants.Z_SYNC_FLUSH, resolve));
    while (room.bytes === 0) await pause(1);
    expect(room.bytes).toBe(700);
    await expect(readBody(room, bodyOf(gzipSync(Buffer.alloc(400))), gzip, 10_000)).rejects.toMatchObject(tooBusy);
    expect(await readBody(room, bodyOf(gzipSync(Buffer.alloc(300))), gzip, 10_000)).toHaveLength(300);
    expect(room.bytes).toBe(700);
    slow.end(Buffer.alloc(200));
    expect(await first).toHaveLength(900);
    expect(room.bytes).toBe(0);
  });

  it('that finds no room on the way is read to its end, and the room given back', async () => {
    const room = new Room(1 << 20);
    const release = full(room, 1 << 19);
    const packed = gzipSync(Buffer.alloc(64 << 20));
    const { body, pieces } = counted(packed);
    await expect(readBody(room, body, gzip, 1 << 30)).rejects.toMatchObject(tooBusy);
    expect([body.readableEnded, pieces.asked]).toEqual([true, pieces.all]);
    expect(room.bytes).toBe(1 << 19);
    release();
  });

  it('of another encoding is of an unsupported type', async () => {
    const headers = { 'content-encoding': 'br' };
    const unsupported = { code: 'UNSUPPORTED_MEDIA_TYPE' };
    await expect(readBody(new Room(100), streamOf(10), headers, LIMIT)).rejects.toMatchObject(unsupported);
  });
});
