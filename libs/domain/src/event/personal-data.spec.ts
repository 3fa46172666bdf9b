import { anEvent } from '../../../../test/kit/builders.js';
import { seededWorkload } from '../../../../test/kit/seeded-workload.js';
import { units } from '../reference/unit.js';
import { checkEvent, isRefusal } from './event-check.js';
import { isPersonal } from './personal-data.js';
import { foldText } from './person-name.js';

/** Invented: each is put together from lists. */
const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Giàng',
  'Lò',
];
const given = ['Văn Xoan', 'Thị Hoà', 'Minh Tuấn', 'Ngọc Bảo Châu', 'Quốc Khánh', 'Thuỳ Trang', 'Đình Đức'];
const people = families.flatMap((family) => given.map((name) => `${family} ${name}`));
const forms: readonly (readonly [string, (name: string) => string])[] = [
  ['as written', (name) => name],
  ['in capitals', (name) => name.toUpperCase()],
  ['in small letters', (name) => name.toLowerCase()],
  ['decomposed', (name) => name.normalize('NFD')],
  ['without marks', (name) => unmarked(name)],
  ['without marks, small', (name) => unmarked(name).toLowerCase()],
  ['with dashes', (name) => unmarked(name).toLowerCase().replaceAll(' ', '-')],
  ['with points', (name) => unmarked(name).toLowerCase().replaceAll(' ', '.')],
  ['in an address', (name) => `https://example.vn/?by=${encodeURIComponent(name)}`],
  ['in a sentence', (name) => `Cán bộ nhập liệu: ${name}, Phường Ba Đình`],
];
function unmarked(name: string): string {
  return [...name]
    .map((char) => (char === char.toUpperCase() ? foldText(char).toUpperCase() : foldText(char)))
    .join('');
}

const cards = [
  '079090012345',
  '001185012345',
  '036205001234',
  '001 090 012345',
  '079.090.012.345',
  'CCCD 096301004321',
  'cccd079090012345',
];
const oldCards = ['012345678', '271234567', '271 234 567', 'CMND: 381234567'];
const telephones = [
  '0912345678',
  '0912.345.678',
  '0912-345-678',
  '091 234 5678',
  '+84 912 345 678',
  '+84(0)912345678',
  '84912345678',
];
const landlines = [
  '024 3825 1234',
  '02438251234',
  '(0203) 3825 123',
  '0084 24 3825 1234',
  'ĐT 0383456789',
  '０９１２３４５６７８',
];
const others = [
  'nguyenvantuan',
  'tranthihoa',
  'NguyenVanXoan',
  'Nguyễn Xoan',
  'Nguyễn Văn A',
  'Lê Tuấn',
  "H'Hen Niê",
  'Y Moan Niê',
  'Giàng A Páo',
];

describe('personal data', () => {
  it.each(forms)('is found: a name %s', (_form, formOf) =>
    expect(people.map(formOf).filter((name) => !isPersonal(name))).toEqual([]),
  );

  it.each([...cards, ...oldCards, ...telephones, ...landlines, ...others])('is found: %s', (text) =>
    expect(isPersonal(text)).toBe(true),
  );

  it('is not in the names of units, with what they are and where, in any writing', () => {
    const fullNames = new Map(units.map(({ code, fullName }) => [code, fullName]));
    const written = units.flatMap(({ name, fullName, parent }) =>
      [
        name,
        fullName,
        `${fullName}, ${fullNames.get(parent) ?? ''}`,
        `${fullName} ${fullNames.get(parent) ?? ''}`,
      ].flatMap((text) => [
        text,
        text.toUpperCase(),
        unmarked(text),
        foldText(text).replaceAll(' ', '-'),
        foldText(text).replaceAll(' ', ''),
      ]),
    );
    expect(written.filter(isPersonal)).toEqual([]);
  });

  it.each([
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-09123456780912345678091234567809-0912345678091234-01',
    'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
    '01890a5d-ac96-774b-bcce-079090012345',
    '01JD7Z0Q3S8Y4N6V2B1C5D9E7F',
    '0000000042',
    '20260314',
    '202603140930',
    '20260314093000123',
    '1773480600',
    '1773480600123',
    '2026-03-14T09:30:00.123456+07:00',
    '2026-03-14 09:30',
    '00004|2026-03',
    '09123-00042',
    '02123-2026-03',
    'urn:vn:duan5:unit:09123:2026-03',
    'https://schemas.example.vn/duan5/indicator/1.0.2/reported.json',
    '203.113.131.10',
    '0.912345678',
    'application/json; charset=utf-8',
    'application/vnd.duan5.report+json',
    'kafka://cluster-1/duan5.indicator-events.v1',
    'Báo cáo tháng 3 năm 2026',
    'bao cao thang 3 nam 2026',
    'ma tuy, duong tinh, dang ky',
    'Công an xã, tổ công tác cai nghiện',
    'do not retry; handed to an operator',
    'partitionkey',
    'Hà Giang',
    'tinh thai binh',
    'GWFuIGV4YW1wbGUgTGVBbg==',
  ])('is not found in %s', (text) => expect(isPersonal(text)).toBe(false));

  it('is in the name of a unit only where a name goes on behind it', () => {
    expect(['Trần Phú', 'Phường Trần Phú', 'Trần Phú Quý'].map(isPersonal)).toEqual([false, false, true]);
  });
});

describe('an event that carries personal data', () => {
  const receivedAt = Date.parse('2026-06-01T00:00:00Z');
  const outcomeOf = (event: unknown) => {
    const text = typeof event === 'string' ? event : JSON.stringify(event);
    const outcome = checkEvent({ bytes: text.length, text, key: '00004', receivedAt });
    return isRefusal(outcome) ? `${outcome.code} ${outcome.pointer}` : 'accepted';
  };
  const name = 'Nguyễn Văn Xoan';

  it.each([
    ['/subject', anEvent({ subject: name })],
    ['/dataschema', anEvent({ dataschema: `https://example.vn/${name}` })],
    ['/datacontenttype', anEvent({ datacontenttype: name })],
    ['', anEvent({ operator: name })],
    ['', anEvent({ nguyenvantuan: 'x' })],
    ['', anEvent({ cccd: 79_090_012_345 })],
    ['', anEvent({ by: { name: [name] } })],
    ['', JSON.stringify(anEvent()).replace('{', `{"note":"${name}","note":"x",`)],
    ['', JSON.stringify(anEvent({ note: 'NAME' })).replace('NAME', String.raw`Nguy\u1ec5n V\u0103n Xoan`)],
    ['', JSON.stringify(anEvent()).replace('"unit":', `"unit":"${name}","unit":`)],
  ])('is refused at %j: %j', (pointer, event) => expect(outcomeOf(event)).toBe(`PERSONAL_DATA ${pointer}`));

  it('may do so in its id', () => expect(outcomeOf(anEvent({ id: name, sequence: '1' }))).toBe('accepted'));

  it('is refused for anything else first', () =>
    expect(outcomeOf(anEvent({ subject: name, data: { numerator: 31 } }))).toBe(
      'NUMERATOR_EXCEEDS_DENOMINATOR /data/numerator',
    ));

  it('is none of those with the usual extensions', () => {
    const extensions = {
      subject: '00004/2026-03',
      dataschema: 'https://schemas.example.vn/duan5/indicator/1.0.2/reported.json',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'rojo=00f067aa0ba902b7',
      partitionkey: '00004',
      sequence: '0000000042',
      sampledrate: 30,
      recordedtime: '2026-03-14T09:30:00.120+07:00',
    };
    expect(outcomeOf(anEvent(extensions))).toBe('accepted');
  });

  it('is none of the workload', () => {
    const events = seededWorkload(3_000, 5).messages.map(({ value }) => `\n${value}`);
    expect(events.map(outcomeOf).filter((outcome) => outcome.startsWith('PERSONAL'))).toEqual([]);
  });
});
