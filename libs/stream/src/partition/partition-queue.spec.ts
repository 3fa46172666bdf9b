import { PartitionQueue } from './partition-queue.js';

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('work on a partition', () => {
  it('is done one piece after the other, in the order in which it was asked for', async () => {
    const queue = new PartitionQueue();
    const done: string[] = [];
    const piece = (name: string) => async () => {
      done.push(`${name} begins`);
      await soon();
      done.push(`${name} ends`);
    };
    await Promise.all([queue.run(piece('a')), queue.run(piece('b'))]);
    expect(done).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('that fails tells its asker, and the next piece begins', async () => {
    const queue = new PartitionQueue();
    const failed = queue.run(() => Promise.reject(new Error('away')));
    const next = queue.run(() => Promise.resolve('done'));
    await expect(failed).rejects.toThrow('away');
    await expect(next).resolves.toBe('done');
  });

  it('is drained when all of it is done, failed or not', async () => {
    const queue = new PartitionQueue();
    const done: string[] = [];
    const failed = expect(queue.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    const last = queue.run(async () => {
      await soon();
      done.push('last');
    });
    await queue.drained();
    expect(done).toEqual(['last']);
    await Promise.all([failed, last]);
  });
});
