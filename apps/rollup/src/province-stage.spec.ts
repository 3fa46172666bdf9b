import type { KafkaMessage } from 'kafkajs';
import { encodeCommuneReports } from '#contracts';
import { ProvinceState } from '#domain';
import { aReport } from '../../../test/kit/builders.js';
import { ProvinceStage, type Progress } from './province-stage.js';

const stageAt = (progress: Progress) => {
  let noted: Progress | undefined;
  const record = { topic: 't', key: 'k', value: '' };
  const stage = new ProvinceStage(new ProvinceState(), progress, 1, {
    accounts: (held) => {
      noted = held;
      return record;
    },
    unitMonth: () => record,
    window: () => record,
  });
  const note = () => {
    stage.take(false);
    return noted;
  };
  return { stage, note };
};

const message = (offset: number, revision: number): KafkaMessage =>
  ({
    offset: String(offset),
    value: Buffer.from(
      encodeCommuneReports({ g: 1, from: 3, behind: 0, counts: { read: 1, superseded: 0, repeated: 0, refused: 0 } }, [
        aReport({ revision }),
      ]),
    ),
  }) as KafkaMessage;

describe('the province stage', () => {
  it('notes its place in the input beside the accounts', () => {
    const { stage, note } = stageAt({ accounts: {}, readUpTo: '0' });
    stage.apply([message(0, 1), message(1, 2)]);
    expect(note()).toMatchObject({ readUpTo: '2', accounts: { 3: { read: 2, won: 2 } } });
  });

  it('notes how many unit months its state holds', () => {
    const { stage, note } = stageAt({ accounts: {}, readUpTo: '0' });
    stage.apply([message(0, 1), message(1, 2)]);
    expect(note()).toMatchObject({ months: 1 });
  });

  it('passes over what is in the state already: read again, it is not counted again', () => {
    const { stage, note } = stageAt({ accounts: {}, readUpTo: '2' });
    stage.apply([message(0, 1), message(1, 2), message(2, 3)]);
    expect(note()).toMatchObject({ readUpTo: '3', accounts: { 3: { read: 1, won: 1 } } });
  });
});
