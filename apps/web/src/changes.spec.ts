/** The change feed: what is a change, and what stays in the list. */
import type { Rollup } from './api';
import { changeOf, listedChanges, withChanges, type Change } from './changes';

const aRollup = (fields: Partial<Rollup> = {}): Rollup => ({
  indicator: 'b',
  numerator: 1,
  denominator: 2,
  percent: 50,
  breakdown: {},
  reporting: { expected: 1, reported: 1, current: 1 },
  target: null,
  hasPlan: false,
  attained: null,
  updatedAt: '2026-03-14T09:30:00Z',
  ...fields,
});
const aChange = (unit: string, indicator: Rollup['indicator'], serial: number): Change => ({
  unit,
  indicator,
  before: undefined,
  after: aRollup({ indicator }),
  serial,
});

describe('the change feed', () => {
  it('is a change only when the figure differs', () => {
    expect(changeOf('01', aRollup(), aRollup({ updatedAt: '2026-03-14T10:00:00Z' }), 1)).toBeUndefined();
    expect(changeOf('01', aRollup(), aRollup({ numerator: 2 }), 1)?.before?.numerator).toBe(1);
    expect(changeOf('01', undefined, aRollup(), 1)?.before).toBeUndefined();
    expect(changeOf('01', undefined, aRollup({ numerator: undefined }), 1)).toBeUndefined();
  });

  it('puts the newest first and lists a figure once', () => {
    const list = withChanges(
      [aChange('01', 'b', 1), aChange('15', 'c', 0)],
      [aChange('04', 'b', 2), aChange('01', 'b', 3)],
    );
    expect(list.map((change) => `${change.unit}${change.indicator}${change.serial}`)).toEqual(['01b3', '04b2', '15c0']);
  });

  it('lists five, of the provinces in the country view and of the province in its own', () => {
    const many = ['04', '08', '11', '12', '14', '15'].map((unit, i) => aChange(unit, 'b', i));
    const list = withChanges([], [...many, aChange('VN', 'b', 9)]);
    expect(listedChanges(list, 'VN').map((change) => change.unit)).toEqual(['15', '14', '12', '11', '08']);
    expect(listedChanges(list, '04').map((change) => change.unit)).toEqual(['04']);
    expect(listedChanges([aChange('VN', 'b', 1)], 'VN')).toHaveLength(1);
    const communes = ['01', '15'].map((of, n) => ({ ...aChange(`0000${n}`, 'b', 10 + n), of }));
    expect(listedChanges([...communes, ...list], '15').map(({ unit }) => unit)).toEqual(['00001', '15']);
    expect(listedChanges([...communes, aChange('VN', 'b', 1)], 'VN').map(({ unit }) => unit)).toEqual(['VN']);
  });
});
