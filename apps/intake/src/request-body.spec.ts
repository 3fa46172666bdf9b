import { PassThrough, Readable } from 'node:stream';
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
