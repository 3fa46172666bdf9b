import { EventLog } from './event-log.js';

const numbers = (log: EventLog, id: string, channels = ['VN']) => log.after(id, channels)?.map(({ number }) => number);

describe('the log of events', () => {
  const filled = () => {
    const log = new EventLog('p1');
    log.open('VN');
    for (let n = 1; n <= 3; n += 1) log.append(['VN'], 'rollup', String(n));
    return log;
  };

  it('gives what came after an id, once and in order', () => {
    const log = filled();
    expect(numbers(log, 'p1-1')).toEqual([2, 3]);
    expect(numbers(log, log.lastId)).toEqual([]);
    expect(log.after('p1-2', ['VN'])?.[0].text).toBe('id: p1-3\nevent: rollup\ndata: 3\n\n');
  });

  it('gives a channel its own events only', () => {
    const log = filled();
    log.open('01');
    log.append(['01'], 'rollup', '4');
    expect([numbers(log, 'p1-3', ['01']), numbers(log, 'p1-3', ['VN'])]).toEqual([[4], []]);
  });

  it.each(['p2-1', 'p1-99', 'p1-', 'x', '', 'p1-1e3'])('does not know the id %j', (id) =>
    expect(numbers(filled(), id)).toBeUndefined(),
  );

  it('does not vouch for a time at which the events of a channel were not made', () => {
    const log = filled();
    log.open('01');
    expect(numbers(log, 'p1-2', ['01'])).toBeUndefined();
    log.close('VN');
    log.append(['01'], 'rollup', '4');
    log.open('VN');
    expect(numbers(log, 'p1-3', ['VN'])).toBeUndefined();
  });

  it('does not vouch for what it was told is missing', () => {
    const log = filled();
    const before = log.lastId;
    log.forgetAll();
    expect(numbers(log, before)).toBeUndefined();
    expect(numbers(log, log.lastId)).toEqual([]);
  });

  it('forgets the oldest beyond its bounds, and knows it', () => {
    const log = new EventLog('p1', { bytes: 1_000, resumeBytes: 1_000 });
    log.open('VN');
    for (let n = 0; n < 100; n += 1) log.append(['VN'], 'rollup', '0123456789');
    expect(numbers(log, 'p1-1')).toBeUndefined();
    expect(numbers(log, 'p1-98')).toEqual([99, 100]);
  });

  it('gives no more at once than a slow reader can take', () => {
    const log = new EventLog('p1', { bytes: 100_000, resumeBytes: 200 });
    log.open('VN');
    for (let n = 0; n < 10; n += 1) log.append(['VN'], 'rollup', '0123456789');
    expect(numbers(log, 'p1-1')).toBeUndefined();
    expect(numbers(log, 'p1-9')).toEqual([10]);
  });
});
