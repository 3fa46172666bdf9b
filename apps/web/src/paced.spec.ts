/** The pace under a burst, under slow answers and after a failure. */
import { paced } from './paced';

describe('paced', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('runs the first at once, gathers a burst into one more, and runs once after the last that was asked for', async () => {
    const run = jest.fn(() => Promise.resolve());
    const refresh = paced(run, 2000);
    for (let i = 0; i < 100; i += 1) refresh.ask();
    expect(run).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1999);
    expect(run).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(run).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(3);
    refresh.ask();
    expect(run).toHaveBeenCalledTimes(4);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(5);
  });

  it('waits for a slow answer, and loses no request', async () => {
    const run = jest.fn(() => new Promise((resolve) => setTimeout(resolve, 5000)));
    const refresh = paced(run, 2000);
    refresh.ask();
    await jest.advanceTimersByTimeAsync(4000);
    refresh.ask();
    expect(run).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('goes on after a failure', async () => {
    const run = jest.fn(() => Promise.reject(new Error('away')));
    const refresh = paced(run, 2000);
    refresh.ask();
    refresh.ask();
    await jest.advanceTimersByTimeAsync(2000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('goes on after a failure before there was anything to wait for', async () => {
    const run = jest.fn((): Promise<unknown> => {
      throw new Error('at once');
    });
    const refresh = paced(run, 2000);
    refresh.ask();
    await jest.advanceTimersByTimeAsync(5000);
    refresh.ask();
    expect(run).toHaveBeenCalledTimes(3);
  });
});
