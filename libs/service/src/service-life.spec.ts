import { pino } from 'pino';
import { ServiceLife } from './service-life.js';

const events = ['SIGTERM', 'SIGINT', 'unhandledRejection', 'uncaughtException'] as const;
const listenersOf = (name: string) => process.listeners(name as 'SIGTERM');

/** A life that hears of a signal by `terminate` alone, and whose end is told instead of being the end of the tests. */
const lived = () => {
  const ended = new Promise<number>((resolve) => {
    jest.spyOn(process, 'exit').mockImplementation((status) => {
      resolve(Number(status));
      return undefined as never;
    });
  });
  const before = new Set(events.flatMap(listenersOf));
  const life = new ServiceLife(pino({ level: 'silent' }));
  const [terminate] = listenersOf('SIGTERM').filter((listener) => !before.has(listener));
  for (const name of events)
    for (const listener of listenersOf(name)) if (!before.has(listener)) process.off(name, listener);
  return { life, ended, terminate: () => terminate('SIGTERM') };
};

afterEach(() => jest.restoreAllMocks());

describe('the exit status of a service', () => {
  it('is 0 after a signal, when everything is closed, the last first', async () => {
    const { life, ended, terminate } = lived();
    const closed: string[] = [];
    life.onEnd(() => closed.push('probes'));
    life.onEnd(() => closed.push('application'));
    terminate();
    expect([await ended, closed]).toEqual([0, ['application', 'probes']]);
  });

  it('is 75 where the generation changed', async () => {
    const { life, ended } = lived();
    life.restart();
    expect(await ended).toBe(75);
  });

  it('is 1 where a module could not be closed, though Nest goes on with the others', async () => {
    const { life, ended, terminate } = lived();
    const closed: string[] = [];
    life.onEnd(async () => {
      await life.closing(() => Promise.reject(new Error('Kafka does not take it')));
      await life.closing(() => closed.push('store'));
    });
    terminate();
    expect([await ended, closed]).toEqual([1, ['store']]);
  });
});
