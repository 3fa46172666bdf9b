import { setTimeout as sleep } from 'node:timers/promises';
import { Turn } from './turn.js';

const resting = (restShare: number, justNowMs = 1_000, maxRestMs = Infinity) =>
  new Turn({ restShare, maxRestMs, justNowMs });

describe('turns', () => {
  it('run one piece of work at a time, in order', async () => {
    const turn = resting(0);
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await sleep(5);
      log.push(`${name} ends`);
    };
    await Promise.all([turn.take(work('a')), turn.take(work('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  /** Milliseconds between the end of 30 ms of work and the next. */
  const restAfter = async (turn: Turn) => {
    let endedAt = 0;
    let nextAt = 0;
    await Promise.all([
      turn.take(async () => {
        await sleep(30);
        endedAt = performance.now();
      }),
      turn.take(() => {
        nextAt = performance.now();
        return Promise.resolve();
      }),
    ]);
    return nextAt - endedAt;
  };

  it('rest after work in proportion to it while the other work is under way', async () => {
    const turn = resting(2);
    turn.noteOthers();
    // Twice 30 ms; a timer may come a millisecond early.
    expect(await restAfter(turn)).toBeGreaterThan(55);
  });

  it('do not rest alone, nor longer than the other work lasts', async () => {
    expect(await restAfter(resting(100))).toBeLessThan(500);
    const turn = resting(100, 60);
    turn.noteOthers();
    expect(await restAfter(turn)).toBeLessThan(1_000);
  });

  it('rest no longer than they may', async () => {
    const turn = resting(100, 10_000, 60);
    turn.noteOthers();
    expect(await restAfter(turn)).toBeLessThan(1_000);
  });

  it('go on after work that failed', async () => {
    const turn = resting(0);
    await expect(turn.take(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(turn.take(() => Promise.resolve('next'))).resolves.toBe('next');
  });

  it('go on after work that failed, also before it had begun to wait', async () => {
    const turn = resting(0);
    const failed = turn.take(() => {
      throw new Error('at once');
    });
    await expect(failed).rejects.toThrow('at once');
    await expect(turn.take(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
