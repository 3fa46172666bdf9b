import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#promises';
import { SimClock, SimProcess } from './clock.js';

describe('the simulated clock', () => {
  it('runs events in their order, and nothing of a process that died', async () => {
    const clock = new SimClock();
    const log: string[] = [];
    const dead = new SimProcess('dead');
    clock.after(20, () => log.push('b'));
    clock.after(10, () => log.push('a'));
    clock.after(30, () => log.push('never'), dead);
    clock.after(25, () => (dead.isAlive = false));
    await clock.runUntil(100);
    expect(log).toEqual(['a', 'b']);
  });

  it('hands a stopped process its events when it goes on', async () => {
    const clock = new SimClock();
    const zombie = new SimProcess('zombie');
    const at: number[] = [];
    clock.after(10, () => at.push(clock.now), zombie);
    zombie.stop();
    clock.after(50, () => clock.goOn(zombie));
    await clock.runUntil(100);
    expect(at).toEqual([50]);
  });

  it('lets those who sleep by node:timers/promises live by it too, until it is released', async () => {
    const clock = new SimClock();
    const at: number[] = [];
    clock.install();
    clock.after(0, () => inBackground(sleep(86_400_000).then(() => at.push(clock.now))), new SimProcess('sleeper'));
    try {
      await clock.runUntil(100_000_000);
    } finally {
      clock.release();
    }
    expect(at).toEqual([86_400_000]);
    expect(await sleep(1, 'awake')).toBe('awake');
  });
});
