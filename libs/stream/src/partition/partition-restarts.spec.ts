import { PartitionRestarts } from './partition-restarts.js';

const T = 1_000_000;

describe('pauses before a partition starts again', () => {
  it('double with every failure in a row, up to five seconds', () => {
    const restarts = new PartitionRestarts();
    expect(Array.from({ length: 7 }, () => restarts.failed(T))).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
  });

  it('begin small again after a success', () => {
    const restarts = new PartitionRestarts();
    restarts.failed(T);
    restarts.failed(T);
    restarts.succeeded();
    expect(restarts.failed(T)).toBe(200);
  });

  it('say how much of them is left', () => {
    const restarts = new PartitionRestarts();
    expect(restarts.msLeft(T)).toBeLessThanOrEqual(0);
    restarts.failed(T);
    expect([T, T + 150, T + 200].map((now) => restarts.msLeft(now))).toEqual([200, 50, 0]);
  });
});
