import type { KafkaMessage } from 'kafkajs';
import { encodeWindowRollups } from '#contracts';
import { rollupsFrom, rollupsText, rollupText, unitOf, type NationalWindow, type Rollup, type Unit } from '#domain';
import { MinistryStage } from './ministry-stage.js';

const rollup = (numerator: number): Rollup => ({
  indicator: 'c',
  numerator,
  denominator: 100,
  percent: numerator,
  breakdown: {},
  reporting: { expected: 126, reported: 1, current: 1 },
});

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

const stageAt = (committed: bigint) => {
  const published: NationalWindow[] = [];
  const stage = new MinistryStage(committed, 1, (window) => {
    published.push(window);
    return { topic: 't', key: window.window, value: '' };
  });
  const taken = () => {
    stage.take();
    return published.splice(0).map(({ items }) => rollupsFrom(unitOf('VN') as Unit, items)[0]?.numerator);
  };
  return { stage, taken };
};

describe('the ministry stage', () => {
  it('adds up what each province said last', () => {
    const { stage, taken } = stageAt(-1n);
    stage.apply([record(1, '01', 10), record(2, '15', 5), record(3, '01', 20)]);
    expect(taken()).toEqual([25]);
  });

  it('publishes nothing while it restores, then the whole', () => {
    const { stage, taken } = stageAt(3n);
    stage.apply([record(1, '01', 10), record(2, '15', 5)]);
    expect(taken()).toEqual([]);
    stage.apply([record(3, '01', 11)]);
    expect(taken()).toEqual([16]);
  });

  it('publishes what was taken back while it was down, though compaction has left nothing of what it said before', () => {
    const { stage, taken } = stageAt(2n);
    stage.apply([record(2, '01')]);
    expect(taken()).toEqual([undefined]);
  });

  it('never goes back to an older figure when records are read again', () => {
    const { stage, taken } = stageAt(-1n);
    stage.apply([record(1, '01', 10), record(2, '01', 20)]);
    taken();
    stage.apply([record(1, '01', 10)]);
    expect(taken()).toEqual([]);
  });
});
