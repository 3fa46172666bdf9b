import type { KafkaMessage } from '#kafka';
import { encodeCommuneReports } from '#contracts';
import { ProvinceState } from '#domain';
import { aReport } from '../../../test/kit/builders.js';
import type { ProvinceRecords, Progress } from './province-records.js';
import { ProvincePartitionState } from './province-partition-state.js';

const HOLDS_MS = 5_000;

const stateAt = (progress: Progress, now: () => number = Date.now) => {
  let noted: Progress | undefined;
  const record = { topic: 't', key: 'k', value: '' };
  const records: ProvinceRecords = {
    accounts: (held) => {
      noted = held;
      return record;
    },
    decisions: () => [record],
    unitMonth: () => [record],
    window: () => record,
  };
  const state = new ProvincePartitionState(new ProvinceState(), progress, 1, records, { now, holdsMs: HOLDS_MS });
  const note = () => {
    state.take(false);
    return noted;
  };
  return { state, note };
};

const message = (offset: number, revision: number, { from = 3, behind = 0 } = {}): KafkaMessage =>
  ({
    offset: String(offset),
    value: Buffer.from(
      encodeCommuneReports({ g: 1, from, behind, counts: { read: 1, superseded: 0, repeated: 0, refused: 0 } }, [
        aReport({ revision }),
      ]),
    ),
  }) as KafkaMessage;

describe('the province stage', () => {
  it('notes its place in the input beside the accounts', () => {
    const { state, note } = stateAt({ accounts: {}, readUpTo: '0' });
    state.apply([message(0, 1), message(1, 2)]);
    expect(note()).toMatchObject({ readUpTo: '2', accounts: { 3: { read: 2, won: 2 } } });
  });

  it('notes how many unit months its state holds', () => {
    const { state, note } = stateAt({ accounts: {}, readUpTo: '0' });
    state.apply([message(0, 1), message(1, 2)]);
    expect(note()).toMatchObject({ months: 1 });
  });

  it('passes over what is in the state already: read again, it is not counted again', () => {
    const { state, note } = stateAt({ accounts: {}, readUpTo: '2' });
    state.apply([message(0, 1), message(1, 2), message(2, 3)]);
    expect(note()).toMatchObject({ readUpTo: '3', accounts: { 3: { read: 1, won: 1 } } });
  });

  it('does not take a partition of the event topic to be behind for ever because its last word here was that', () => {
    let now = 1_000_000;
    const { state } = stateAt({ accounts: {}, readUpTo: '0' }, () => now);
    expect(state.apply([message(0, 1, { from: 7, behind: 5_000 })])).toBe(5_000);
    now += HOLDS_MS;
    expect(state.apply([message(1, 2, { from: 3, behind: 4 })])).toBe(5_000);
    now += 1;
    expect(state.apply([message(2, 3, { from: 3, behind: 4 })])).toBe(4);
  });
});
