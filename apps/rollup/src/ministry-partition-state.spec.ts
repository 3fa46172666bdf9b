import type { KafkaMessage } from '#kafka';
import { encodeWindowRollups, RECORD_VERSION } from '#contracts';
import { rollupsFrom, rollupsText, rollupText, unitOf, type NationalWindow, type Rollup, type Unit } from '#domain';
import { MinistryPartitionState } from './ministry-partition-state.js';

const rollup = (numerator: number): Rollup => ({
  indicator: 'c',
  numerator,
  denominator: 100,
  percent: numerator,
  breakdown: {},
  reporting: { expected: 126, reported: 1, current: 1 },
});

/** A province's window; without a numerator nothing is reported in it. */
const record = (offset: number, unit: string, numerator?: number): KafkaMessage =>
  ({
    offset: String(offset),
    value: Buffer.from(
      encodeWindowRollups({
        g: 1,
        unit,
        window: '2026-03',
        changed: ['c'],
        items: rollupsText(numerator === undefined ? [] : [rollupText(rollup(numerator))]),
      }),
    ),
  }) as unknown as KafkaMessage;

const note = (offset: number, key: string, said: object): KafkaMessage =>
  ({
    offset: String(offset),
    key: Buffer.from(key),
    value: Buffer.from(JSON.stringify({ v: RECORD_VERSION, g: 1, ...said })),
  }) as unknown as KafkaMessage;

const aState = () => {
  const published: NationalWindow[] = [];
  const noted: number[] = [];
  const record = { topic: 't', key: 'k', value: '' };
  const state = new MinistryPartitionState(1, {
    window: (window) => {
      published.push(window);
      return record;
    },
    windows: (count) => {
      noted.push(count);
      return record;
    },
  });
  const taken = () => {
    state.take();
    return published.splice(0).map(({ items }) => rollupsFrom(unitOf('VN') as Unit, items)[0]?.numerator);
  };
  return { state, taken, noted };
};

describe('the ministry stage', () => {
  it('adds up what each province said last', () => {
    const { state, taken } = aState();
    state.apply([record(1, '01', 10), record(2, '15', 5), record(3, '01', 20)]);
    expect(taken()).toEqual([25]);
  });

  it('restores up to the note of its owner, then publishes every window once, whole', () => {
    const { state, taken } = aState();
    expect(state.restore([record(1, '01', 10), note(2, '~owner', { owner: 'another' })], 'me')).toBe(false);
    expect(state.restore([record(3, '15', 5), note(4, '~owner', { owner: 'me' })], 'me')).toBe(true);
    expect([taken(), taken()]).toEqual([[15], []]);
  });

  it('publishes a window that it restores also where nothing is reported in it any more', () => {
    const { state, taken } = aState();
    state.restore([record(1, '01')], 'me');
    expect(taken()).toEqual([undefined]);
  });

  it('never goes back to an older figure when records are read again', () => {
    const { state, taken } = aState();
    state.restore([record(1, '01', 10), record(2, '01', 20)], 'me');
    taken();
    state.apply([record(1, '01', 10)]);
    expect(taken()).toEqual([]);
  });

  it('notes how many windows of provinces it knows, and how many it ought to know', () => {
    const { state, taken, noted } = aState();
    state.apply([record(1, '01', 10), record(2, '15', 5)]);
    taken();
    state.apply([record(3, '01', 11)]);
    taken();
    expect(noted).toEqual([2]);
    const { state: after } = aState();
    after.restore([record(2, '15', 5), note(3, '~windows', { windows: 2 })], 'me');
    expect(after.windows).toEqual({ found: 1, noted: 2 });
  });
});
