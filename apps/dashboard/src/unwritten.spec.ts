import { Unwritten } from './unwritten.js';

const record = (key: string, offset: number, bytes = 10) => ({
  key,
  value: Buffer.alloc(bytes, offset),
  offset,
  timestamp: 0,
});
const offsets = (unwritten: Unwritten, unit: string) => unwritten.recordsOf('t', unit).map(({ offset }) => offset);

describe('what may not be in MongoDB yet', () => {
  it('is the newest record of each key, by unit', () => {
    const unwritten = new Unwritten();
    for (const each of [record('01|2026-01', 1), record('01|2026-02', 2), record('01|2026-01', 3), record('0|x', 4)])
      unwritten.note('t', 0, each);
    expect(offsets(unwritten, '01')).toEqual([2, 3]);
  });

  it('leaves when the projection has passed it', () => {
    const unwritten = new Unwritten();
    unwritten.note('t', 0, record('01|a', 1));
    unwritten.note('t', 0, record('01|b', 2));
    unwritten.written('t', 0, 2);
    expect(offsets(unwritten, '01')).toEqual([2]);
    unwritten.written('t', 1, 9);
    expect(unwritten.isEmpty).toBe(false);
    unwritten.written('t', 0, 3);
    expect(unwritten.isEmpty).toBe(true);
  });

  it('is bounded, and known not to be whole until the projection has passed what was let go', () => {
    const unwritten = new Unwritten(25);
    for (const offset of [1, 2, 3]) unwritten.note('t', 0, record(`01|${offset}`, offset));
    expect([offsets(unwritten, '01'), unwritten.isWhole('t')]).toEqual([[2, 3], false]);
    unwritten.written('t', 0, 1);
    expect(unwritten.isWhole('t')).toBe(false);
    unwritten.written('t', 0, 2);
    expect(unwritten.isWhole('t')).toBe(true);
  });

  it('says of what was noted up to a moment when MongoDB has all of it', () => {
    const unwritten = new Unwritten();
    expect(unwritten.mark()()).toBe(true);
    unwritten.note('t', 0, record('01|a', 1));
    unwritten.note('t', 1, record('02|a', 7));
    const isWritten = unwritten.mark();
    unwritten.note('t', 0, record('01|a', 2));
    unwritten.written('t', 0, 2);
    expect(isWritten()).toBe(false);
    unwritten.written('t', 1, 8);
    expect([isWritten(), unwritten.mark()()]).toEqual([true, false]);
  });
});
