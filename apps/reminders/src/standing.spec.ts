import { Standing } from './standing.js';

describe('what communes have reported', () => {
  const reports = () => undefined;
  let now: number;
  let asked: number;
  /** The generation that has taken in everything; undefined: none yet. */
  let taken: number | undefined;
  let read: number;

  beforeEach(() => {
    [now, asked, taken, read] = [1_000_000, 0, 1, 1];
  });
  const standing = () =>
    new Standing(
      {
        ends: () => Promise.resolve({ '0': String((asked += 1)) }),
        takenIn: () => Promise.resolve(taken),
      },
      {
        generation: () => Promise.resolve(read),
        reports: () => Promise.resolve(reports),
        communeRollups: () => Promise.resolve(new Map()),
      },
      () => now,
    );

  it('is said where everything that was received is in it', async () =>
    expect(await standing().reports(14)).toBe(reports));

  it('is not known while the pipeline is behind', async () => {
    taken = undefined;
    expect(await standing().reports(14)).toBeUndefined();
  });

  it('is not known while readers see another generation than the one that has it', async () => {
    taken = 2;
    expect(await standing().reports(14)).toBeUndefined();
  });

  it('is asked for anew after ten seconds, and where readers have changed over', async () => {
    const known = standing();
    for (let n = 0; n < 5; n += 1) expect(await known.reports(14)).toBe(reports);
    expect(asked).toBe(1);
    now += 10_000;
    taken = undefined;
    expect(await known.reports(14)).toBeUndefined();
    expect(asked).toBe(2);
    taken = 1;
    expect(await known.reports(14)).toBe(reports);
    read = 2;
    expect(await known.reports(14)).toBeUndefined();
  });
});
