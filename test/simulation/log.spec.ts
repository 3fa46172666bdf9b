import { SimClock } from './clock.js';
import { SimLog } from './log.js';
import { seeded } from './random.js';

const record = (key: string, value: string) => ({ key: Buffer.from(key), value: Buffer.from(value) });

const logWith = () => {
  const clock = new SimClock();
  const log = new SimLog(clock, seeded(1));
  log.create('t', 1);
  const [partition] = log.partitions('t');
  const values = () => partition.fetch(0, Infinity).messages.map(({ value }) => String(value));
  const owner = () => {
    let epoch = -1;
    log.initProducer('id', (given) => (epoch = given));
    return epoch;
  };
  return { clock, log, partition, values, owner };
};

describe('the simulated log', () => {
  it('shows what a transaction wrote once its marker is there, and nothing behind an open one', async () => {
    const { clock, log, partition, values, owner } = logWith();
    const epoch = owner();
    const transaction = log.transaction('id', epoch);
    transaction.partitions.add(partition);
    partition.append([record('a', '1')], transaction);
    partition.append([record('b', '2')]);
    expect(values()).toEqual([]);
    log.endTransaction('id', epoch, 'committed');
    await clock.runUntil(100);
    expect(values()).toEqual(['1', '2']);
    expect(partition.highWatermark).toBe(3);
  });

  it('hides what was aborted, and fences the owner before', async () => {
    const { clock, log, partition, values, owner } = logWith();
    const epoch = owner();
    const transaction = log.transaction('id', epoch);
    transaction.partitions.add(partition);
    partition.append([record('a', '1')], transaction);
    owner();
    await clock.runUntil(100);
    expect(values()).toEqual([]);
    expect(() => log.transaction('id', epoch)).toThrow('INVALID_PRODUCER_EPOCH');
  });

  it('fences the owner before at once, while the markers of its transaction are still on their way', () => {
    const { log, partition, owner } = logWith();
    const epoch = owner();
    const transaction = log.transaction('id', epoch);
    transaction.partitions.add(partition);
    partition.append([record('a', '1')], transaction);
    expect(owner()).toBe(-1);
    expect(() => log.endTransaction('id', epoch, 'committed')).toThrow('INVALID_PRODUCER_EPOCH');
  });

  it('does not say that it commits what was taken back', () => {
    const { log, owner } = logWith();
    const epoch = owner();
    log.transaction('id', epoch);
    log.endTransaction('id', epoch, 'aborted');
    expect(() => log.endTransaction('id', epoch, 'committed')).toThrow('INVALID_TXN_STATE');
    expect(() => log.endTransaction('id', epoch, 'aborted')).not.toThrow();
  });

  it('keeps the newest record of a key when it is compacted, at its own offset', () => {
    const { partition } = logWith();
    partition.append([record('a', '1'), record('b', '2'), record('a', '3')]);
    partition.compact();
    expect(partition.fetch(0, Infinity).messages.map(({ offset }) => offset)).toEqual(['1', '2']);
  });
});
