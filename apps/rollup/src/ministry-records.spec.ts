import { decodeWindowRollups, topicsOf, WINDOWS_KEY } from '#contracts';
import { NationalState, ProvinceState, rollupsFrom, tuplesFrom, unitOf, type Unit } from '#domain';
import { aReport } from '../../../test/kit/builders.js';
import { ministryRecords } from './ministry-records.js';

const topics = topicsOf('t');
const records = ministryRecords({ topics, generation: 3, partitions: new Map([[topics.nationalRollups, 4]]) }, 1);

describe('records of a ministry partition', () => {
  it('say what the country says, in the partition of the window’s year', () => {
    const [province, country] = [new ProvinceState(), new NationalState()];
    province.merge(aReport());
    province.takeWindows(({ unit, window, items }) => country.put(unit, window, tuplesFrom(items)));
    const [month] = country.takeChanges();
    const { topic, partition, key, value } = records.window(month);
    expect([topic, partition, key]).toEqual([topics.nationalRollups, 2026 % 4, 'VN|2026-03']);
    expect(decodeWindowRollups(value as string, 3)).toMatchObject({
      unit: 'VN',
      window: '2026-03',
      changed: ['c'],
      items: rollupsFrom(unitOf('VN') as Unit, month.items),
    });
    expect(decodeWindowRollups(value as string, 4)).toBeUndefined();
  });

  it('note in the partition that is restored from how many windows of provinces are known', () => {
    const { value, ...where } = records.windows(5);
    expect(where).toEqual({ topic: topics.provinceRollups, partition: 1, key: WINDOWS_KEY });
    expect(JSON.parse(value as string)).toMatchObject({ g: 3, windows: 5 });
  });
});
