import fc from 'fast-check';
import { aReport } from '../../../test/kit/builders.js';
import { arbitraryReport } from '../../../test/kit/workload.js';
import { monthCode, reportingUnits, rollupsText, rollupText } from '#domain';
import {
  decodeCommuneReports,
  decodeCommuneRollup,
  decodeNote,
  decodeWindowRollups,
  decodeWindowTuples,
  encodeCommuneReports,
  encodeCommuneRollup,
  encodeWindowRollups,
  NewerRecord,
  readCommuneRollup,
  readWindowRollups,
  reportOf,
  reportsOfCommuneRollup,
} from './index.js';

/** When a record was written that says no receipts. */
const WRITTEN_AT = 1_773_499_999_000;

describe('records', () => {
  const counts = { read: 1, superseded: 0, repeated: 0, refused: 0 };

  it('of reports give back every report, to the last decimal and character', () => {
    fc.assert(
      fc.property(fc.array(arbitraryReport), fc.string({ unit: 'binary' }), (reports, id) => {
        const sent = reports.map((report) => ({ ...report, id }));
        const record = decodeCommuneReports(encodeCommuneReports({ g: 1, from: 0, behind: 0, counts }, sent));
        expect(record?.reports.map((tuple) => reportOf(tuple, WRITTEN_AT))).toEqual(sent);
      }),
    );
  });

  it("of a unit's month give back its cells, and are JSON", () => {
    fc.assert(
      fc.property(arbitraryReport, fc.string({ unit: 'binary' }), fc.nat(3), (any, id, changes) => {
        const report = { ...any, id };
        const [unit, month] = [reportingUnits[report.unit].code, monthCode(report.month)];
        const earlier = Array.from({ length: changes }, (_, n) => ({ ...report, receivedAt: n + 1 }));
        const later = earlier.slice(1).map((word) => ({ ...word, receivedAt: report.receivedAt + 1, figure: null }));
        const counted = changes === 0 ? {} : { overflows: changes };
        const held = { unit, month, reports: [report], earlier, later, ...counted };
        const text = encodeCommuneRollup({ g: 3, more: true }, held);
        const record = decodeCommuneRollup(text);
        expect(record).toMatchObject({ v: 3, g: 3, more: true, unit, month });
        expect(record && reportsOfCommuneRollup(record, WRITTEN_AT)).toEqual([report, ...earlier, ...later]);
        const { figures, ...head } = readCommuneRollup(text) as Exclude<
          ReturnType<typeof readCommuneRollup>,
          undefined
        >;
        expect(head).toMatchObject(counted);
        expect(record).toMatchObject({ ...head, figures: JSON.parse(figures) as unknown });
      }),
    );
  });

  it('carry sums beyond 2^53 as plain integers', () => {
    const reporting = { expected: 3321, reported: 1, current: 1 };
    const item = { indicator: 'loan_amount', value: 39_852_000_000_000_001n, percent: null, breakdown: {}, reporting };
    const text = encodeWindowRollups({
      g: 1,
      unit: 'VN',
      window: '2026',
      changed: [],
      items: rollupsText([rollupText(item)]),
    });
    expect(text).toContain('[39852000000000001]');
    expect(decodeWindowRollups(text)?.items).toEqual([item]);
  });

  it.each([undefined, { '00004': [3, 0] as const }])(
    'of a window can be carried on in parts (reports: %j)',
    (reports) => {
      const text = encodeWindowRollups({
        g: 2,
        unit: '01',
        window: '2026-03',
        changed: ['c'],
        reports: reports && JSON.stringify(reports),
        items: '[]',
      });
      const {
        reports: reportsText,
        items,
        ...head
      } = readWindowRollups(text) as Exclude<ReturnType<typeof readWindowRollups>, undefined>;
      expect(head).toEqual({ v: 3, g: 2, unit: '01', window: '2026-03', changed: ['c'] });
      expect([items, reportsText && JSON.parse(reportsText)]).toEqual(['[]', reports]);
      expect(decodeWindowRollups(text)).toEqual({ ...head, ...(reports ? { reports } : {}), items: [] });
    },
  );

  it.each([
    '',
    '{',
    'null',
    '7',
    '{"v":2}',
    '{"v":2,"figures":{},"reports":{}}',
    '{"v":2,"items":[]}',
    '{"v":1,"figures":',
    ',"items":',
    '{"v":2,"g":"1"}',
    '{"v":"2","g":1}',
    '{"v":1.5,"g":1}',
    '{"v":0,"g":1}',
    '[2]',
  ])('%s is none, and is passed over', (text) => {
    const readers = [
      decodeCommuneReports,
      decodeCommuneRollup,
      decodeWindowRollups,
      readCommuneRollup,
      readWindowRollups,
    ];
    for (const read of readers) expect(read(text)).toBeUndefined();
  });

  describe('of a newer version', () => {
    const readers = [
      decodeCommuneReports,
      decodeCommuneRollup,
      decodeNote,
      decodeWindowRollups,
      decodeWindowTuples,
      readCommuneRollup,
      readWindowRollups,
    ];
    it.each([
      '{"v":4,"g":3}',
      '{"v":4,"g":3,"figures":{},"reports":{}}',
      '{"v":4,"g":3,"reports":{},"items":[]}',
      '{"v":7,"g":3,"unit":{"items":[]},"items":[],"figures":0,"more":{}}',
    ])('%s are never passed over', (text) => {
      for (const read of readers) {
        expect(() => read(text, 3)).toThrow(NewerRecord);
        expect(() => read(text)).toThrow(expect.objectContaining({ code: 'NEWER_RECORD', retryable: true }) as Error);
      }
    });

    it('but of another generation are, as all of that are', () => {
      for (const read of readers) expect(read('{"v":4,"g":3,"items":[]}', 4)).toBeUndefined();
    });
  });

  describe('of version 1, which named no slots and knew no receipts,', () => {
    const tuple = [
      '00004',
      'b',
      '2026-03',
      1,
      1_773_480_600,
      'id',
      [12, 30, 5, 10, 4, 10, 3, 10],
      1_773_480_000,
    ] as const;
    const head = '"v":1,"g":1';
    const receivedAt = WRITTEN_AT;

    it('are read: reports', () => {
      const text = `{${head},"from":4,"behind":0,"counts":{},"reports":[${JSON.stringify(tuple)}]}`;
      const [report] = decodeCommuneReports(text, 1)?.reports ?? [];
      expect(report && reportOf(report, WRITTEN_AT)).toMatchObject({ id: 'id', figure: tuple[6], receivedAt });
    });

    it("are read: a unit's month", () => {
      const cell = `"figures":{"b":${JSON.stringify(tuple[6])}},"reports":{"b":[1,1773480600,"id",1773480000]}`;
      const text = `{${head},"more":false,"unit":"00004","month":"2026-03",${cell}}`;
      const rollup = decodeCommuneRollup(text, 1);
      const held = [{ revision: 1, seconds: 1_773_480_600, id: 'id', figure: tuple[6], receivedAt }];
      expect(rollup && reportsOfCommuneRollup(rollup, WRITTEN_AT)).toMatchObject(held);
      expect(readCommuneRollup(text, 1)?.figures).toBe('{"b":[12,30,5,10,4,10,3,10]}');
    });

    it('are read: a window', () => {
      const text = `{${head},"unit":"01","window":"2026-03","changed":["c"],"reports":{"00004":[1,0]},"items":[]}`;
      expect(decodeWindowRollups(text, 1)).toMatchObject({ unit: '01', changed: ['c'], reports: { '00004': [1, 0] } });
    });
  });

  it('of version 2 are read: what they do not say was received when they were written', () => {
    const head = '"v":2,"g":1,"more":false,"unit":"00004","month":"2026-03"';
    const slots = '"slots":["revision","time","id","firstReported"]';
    const text = `{${head},${slots},"figures":{},"reports":{"b":[1,1773480600,"id",1773480000]}}`;
    const rollup = decodeCommuneRollup(text, 1);
    const held = [{ revision: 1, id: 'id', figure: null, receivedAt: WRITTEN_AT }];
    expect(rollup && reportsOfCommuneRollup(rollup, WRITTEN_AT)).toMatchObject(held);
  });

  it('with slots that this version does not know are read', () => {
    const slots = ['unit', 'colour', 'indicator', 'month', 'revision', 'time', 'id', 'figure', 'receivedAt'];
    const report = ['00004', 'red', 'c', '2026-03', 1, 0, 'id', [7], 9];
    const text = JSON.stringify({
      v: 2,
      g: 1,
      from: 0,
      behind: 0,
      counts,
      slots,
      reports: [report],
      more: { to: 'come' },
    });
    expect(decodeCommuneReports(text, 1)?.reports).toEqual([['00004', 'c', '2026-03', 1, 0, 'id', [7], 9]]);
  });

  it('of a report that this version does not know give none', () => {
    expect(reportOf(['00004', 'new-indicator', '2026-03', 1, 0, aReport().id, null, 9], WRITTEN_AT)).toBeUndefined();
  });
});
