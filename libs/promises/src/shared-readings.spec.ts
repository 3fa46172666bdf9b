import { SharedReadings } from './shared-readings.js';

/** Readings that end when they are told to. */
const readings = () => {
  const ends: ((value: number) => void)[] = [];
  const fails: ((error: Error) => void)[] = [];
  const read = () =>
    new Promise<number>((resolve, reject) => {
      ends.push(resolve);
      fails.push(reject);
    });
  return { read, ends, fails };
};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('readings of the same thing', () => {
  it('whoever asks while one is under way has the next one, which begins when that has ended', async () => {
    const { read, ends } = readings();
    const shared = new SharedReadings<number>();
    const first = shared.of('a', read);
    const others = [shared.of('a', read), shared.of('a', read)];
    expect(ends).toHaveLength(1);
    ends[0](1);
    expect(await first).toBe(1);
    await turn();
    expect(ends).toHaveLength(2);
    const later = shared.of('a', read);
    ends[1](2);
    expect(await Promise.all(others)).toEqual([2, 2]);
    await turn();
    ends[2](3);
    expect(await later).toBe(3);
    expect(ends).toHaveLength(3);
  });

  it('one after the other share nothing, nor do different things', async () => {
    const { read, ends } = readings();
    const shared = new SharedReadings<number>();
    const first = shared.of('a', read);
    const other = shared.of('b', read);
    ends[0](1);
    ends[1](2);
    expect(await Promise.all([first, other])).toEqual([1, 2]);
    await turn();
    const second = shared.of('a', read);
    ends[2](3);
    expect(await second).toBe(3);
  });

  it('who may have what is older shares what was read lately, and what is being read', async () => {
    const { read, ends } = readings();
    let now = 0;
    const shared = new SharedReadings<number>(() => now);
    const first = [shared.of('a', read, 100), shared.of('a', read, 100)];
    expect(ends).toHaveLength(1);
    now = 30;
    ends[0](1);
    expect(await Promise.all(first)).toEqual([1, 1]);
    now = 50;
    expect(await shared.of('a', read, 100)).toBe(1);
    // Who wants what is read after he asked has it, and so have those who come after.
    const newest = shared.of('a', read);
    expect(ends).toHaveLength(2);
    ends[1](2);
    expect(await newest).toBe(2);
    expect(await shared.of('a', read, 100)).toBe(2);
    expect(ends).toHaveLength(2);
  });

  it('what is asked for all the time is read again before it is too old, and nobody waits for it', async () => {
    const { read, ends, fails } = readings();
    let now = 0;
    const shared = new SharedReadings<number>(() => now);
    const first = shared.of('a', read, 100);
    ends[0](1);
    await first;
    now = 60;
    expect(await shared.of('a', read, 100)).toBe(1);
    expect(await shared.of('a', read, 100)).toBe(1);
    expect(ends).toHaveLength(2);
    fails[1](new Error('away'));
    await turn();
    now = 100;
    expect(await shared.of('a', read, 100)).toBe(1);
    expect(ends).toHaveLength(3);
    ends[2](3);
    await turn();
    now = 120;
    expect(await shared.of('a', read, 100)).toBe(3);
  });

  it('what is too old is read again, also where a reading that began too long ago is under way', async () => {
    const { read, ends } = readings();
    let now = 0;
    const shared = new SharedReadings<number>(() => now);
    const first = shared.of('a', read, 100);
    now = 101;
    const second = shared.of('a', read, 100);
    ends[0](1);
    expect(await first).toBe(1);
    await turn();
    ends[1](2);
    expect(await second).toBe(2);
    now = 202;
    const third = shared.of('a', read, 100);
    ends[2](3);
    expect(await third).toBe(3);
  });

  it('everybody has it as new as he asked for, also in the same moment', async () => {
    const { read, ends } = readings();
    let now = 0;
    const shared = new SharedReadings<number>(() => now);
    const first = shared.of('a', read, 200);
    ends[0](1);
    await first;
    const newest = shared.of('a', read);
    expect(ends).toHaveLength(2);
    ends[1](2);
    expect(await newest).toBe(2);
    now = 150;
    const other = shared.of('a', read, 100);
    expect(ends).toHaveLength(3);
    ends[2](3);
    expect(await other).toBe(3);
  });

  it("a reading's fault is told to those who share it, and to nobody after", async () => {
    const { read, ends, fails } = readings();
    const shared = new SharedReadings<number>();
    const first = shared.of('a', read);
    const next = shared.of('a', read);
    fails[0](new Error('away'));
    await expect(first).rejects.toThrow('away');
    await turn();
    ends[1](2);
    expect(await next).toBe(2);
  });

  it('a fault of the next is told too', async () => {
    const { read, ends, fails } = readings();
    const shared = new SharedReadings<number>();
    const first = shared.of('a', read);
    const next = [shared.of('a', read), shared.of('a', read)];
    ends[0](1);
    await first;
    await turn();
    fails[1](new Error('away'));
    for (const each of next) await expect(each).rejects.toThrow('away');
  });
});
