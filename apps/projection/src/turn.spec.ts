import { Turn } from './turn.js';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('turns', () => {
  it('run one piece of work at a time, in order', async () => {
    const turn = new Turn(0);
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await pause(5);
      log.push(`${name} ends`);
    };
    await Promise.all([turn.take(work('a')), turn.take(work('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('rest after work in proportion to it', async () => {
    const turn = new Turn(2);
    let endedAt = 0;
    let nextAt = 0;
    await Promise.all([
      turn.take(async () => {
        await pause(30);
        endedAt = performance.now();
      }),
      turn.take(() => {
        nextAt = performance.now();
        return Promise.resolve();
      }),
    ]);
    // Twice 30 ms; a timer may come a millisecond early.
    expect(nextAt - endedAt).toBeGreaterThan(55);
  });

  it('go on after work that failed', async () => {
    const turn = new Turn(0);
    await expect(turn.take(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(turn.take(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
