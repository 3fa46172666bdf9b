import { EventLog } from './event-log.js';

const word = (data: string, figure = data) => ({ name: 'rollup', figure, data });

/** Of the events after the id. */
const numbers = (log: EventLog, id: string, channels = ['VN']) => log.after(id, channels)?.map(({ number }) => number);

describe('the log of events', () => {
  const filled = () => {
    const log = new EventLog('p1');
    log.open('VN', 'every');
    for (let n = 2; n <= 4; n += 1) log.append(['VN'], word(String(n)));
    return log;
  };

  it('gives what came after an id, once and in order', () => {
    const log = filled();
    expect(numbers(log, 'p1-2')).toEqual([3, 4]);
    expect(numbers(log, log.lastId)).toEqual([]);
    expect(log.after('p1-2', ['VN'])?.[0].text).toBe('id: p1-3\nevent: rollup\ndata: 3\n\n');
  });

  it('gives a channel its own events only', () => {
    const log = filled();
    log.open('01', 'every');
    log.append(['01'], word('6'));
    expect([numbers(log, 'p1-5', ['01']), numbers(log, 'p1-5', ['VN'])]).toEqual([[6], []]);
  });

  it.each(['p2-1', 'p1-99', 'p1-', 'x', '', 'p1-1e3'])('does not know the id %j', (id) =>
    expect(numbers(filled(), id)).toBeUndefined(),
  );

  it('does not vouch for a time at which the events of a channel were not made', () => {
    const log = filled();
    log.open('01', 'every');
    expect([numbers(log, 'p1-4', ['01']), numbers(log, 'p1-5', ['01'])]).toEqual([undefined, []]);
    log.close('VN');
    log.append(['01'], word('6'));
    log.open('VN', 'every');
    expect(numbers(log, 'p1-6', ['VN'])).toBeUndefined();
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
    log.open('VN', 'every');
    for (let n = 0; n < 100; n += 1) log.append(['VN'], word('0123456789'));
    expect(numbers(log, 'p1-1')).toBeUndefined();
    expect(numbers(log, 'p1-99')).toEqual([100, 101]);
  });

  it('gives no more at once than a slow reader can take', () => {
    const log = new EventLog('p1', { bytes: 100_000, resumeBytes: 200 });
    log.open('VN', 'every');
    for (let n = 0; n < 10; n += 1) log.append(['VN'], word('0123456789'));
    expect(numbers(log, 'p1-1')).toBeUndefined();
    expect(numbers(log, 'p1-10')).toEqual([11]);
  });

  it('gives of each figure the newest alone where that is asked for, in the order of the ids', () => {
    const log = new EventLog('p1');
    log.open('VN', 'newest');
    for (const figure of ['b', 'c', 'b', 'd', 'c']) log.append(['VN'], word('1', figure));
    expect(log.after('p1-1', ['VN'])?.map(({ number, figure }) => [number, figure])).toEqual([
      [4, 'b'],
      [5, 'd'],
      [6, 'c'],
    ]);
  });

  it('gives what is of several of the channels once, in order', () => {
    const log = new EventLog('p1');
    for (const channel of ['VN', 'VN+']) log.open(channel, 'every');
    log.append(['VN+'], word('1'));
    log.append(['VN', 'VN+'], word('2'));
    log.append(['VN'], word('3'));
    expect(numbers(log, 'p1-2', ['VN', 'VN+'])).toEqual([3, 4, 5]);
  });

  it('gives the newest of each figure however long ago it was and however often others changed', () => {
    const log = new EventLog('p1', { bytes: 200, resumeBytes: 200 });
    log.open('VN', 'every');
    log.open('VN|2026', 'newest');
    log.append(['VN', 'VN|2026'], word('0', 'b'));
    for (let n = 0; n < 100; n += 1) log.append(['VN', 'VN|2026'], word('0123456789', 'c'));
    expect(numbers(log, 'p1-2', ['VN'])).toBeUndefined();
    expect(numbers(log, 'p1-2', ['VN|2026'])).toEqual([3, 103]);
    expect(numbers(log, 'p1-3', ['VN|2026'])).toEqual([103]);
    log.forgetAll();
    expect(numbers(log, 'p1-103', ['VN|2026'])).toBeUndefined();
  });
});
