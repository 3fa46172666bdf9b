import catalogue from '../../../libs/domain/src/data/catalogue.json';
import type { Indicator } from './api';
import type { CellFigure, ReportForm } from './api-entry';
import { readSheet, templateRows, type SheetValue } from './entry-sheet';

const codes = ['b', 'c', 'e', 'jobs'];
const indicators = codes.map((code) => catalogue.indicators.find((each) => each.code === code) as unknown as Indicator);
const figures: Record<string, CellFigure> = { c: { numerator: 12, denominator: 30 }, jobs: { value: 4 } };
const form: ReportForm = {
  ...{ unit: '00004', name: 'Phường Ba Đình', period: '2026-03', deadline: '2026-03-17T16:59:59.999Z' },
  ...{ isLocked: false, isConfigured: true },
  cells: indicators.map(({ code }) => ({ indicator: code, figure: figures[code] ?? null, held: null, revision: 0 })),
};
const heads = ['Mã chỉ số', 'Chỉ số', 'Mã phân tổ', 'Phân tổ', 'Tử số', 'Mẫu số', 'Giá trị', 'Ghi chú'];
const template = () =>
  templateRows(form, indicators, {
    unit: 'Mã đơn vị',
    period: 'Tháng',
    heads,
    nameOf: ({ name_vi }) => name_vi,
    categoryOf: (category) => `nhóm ${category}`,
    noteOf: (_, isNeeded) => (isNeeded ? 'bắt buộc' : ''),
  });
/** The template with some cells filled: row and column as a spreadsheet counts them. */
const filled = (...cells: [row: number, column: 'A' | 'B' | 'C' | 'E' | 'F' | 'G', value: SheetValue][]) => {
  const rows: SheetValue[][] = template();
  for (const [row, column, value] of cells) (rows[row - 1] ??= [])[column.charCodeAt(0) - 65] = value;
  return rows;
};
const faultsOf = (rows: SheetValue[][]) =>
  readSheet(rows, form, indicators).faults?.map(({ code, row, column }) => [code, row, column]);

describe('the template of a month', () => {
  it('has a row for each figure and category, with what is reported already', () => {
    const rows = template();
    expect(rows.slice(0, 3)).toEqual([['Mã đơn vị', '00004', 'Phường Ba Đình'], ['Tháng', '2026-03'], heads]);
    expect(rows.slice(3).map(([code, , category]) => [code, category].filter(Boolean).join(' '))).toEqual([
      ...['b', 'b addict', 'b post_rehab', 'b family', 'c'],
      ...['e', 'e public_rehab', 'e health_station', 'e hospital', 'e medical_centre', 'e regional_polyclinic'],
      'jobs',
    ]);
    expect(rows[7]?.slice(4, 7)).toEqual([12, 30, null]);
    expect(rows[14]?.slice(4, 7)).toEqual([null, null, 4]);
    expect(rows[8]?.[7]).toBe('bắt buộc');
    expect([rows[3]?.[3], rows[4]?.[3]]).toEqual(['', 'nhóm addict']);
  });

  it('changes nothing where it comes back as it was', () =>
    expect(readSheet(template(), form, indicators).texts).toMatchObject({
      'c||numerator': '12',
      'c||denominator': '30',
      'jobs||value': '4',
      'b|family|numerator': '',
    }));
});

describe('a filled template', () => {
  it('says figures as numbers and as they are typed, and that one is taken back', () => {
    const rows = filled([8, 'E', 13], [8, 'F', '1.300'], [15, 'G', null], [4, 'E', 1], [4, 'F', 2]);
    expect(readSheet(rows, form, indicators).texts).toMatchObject({
      'c||numerator': '13',
      'c||denominator': '1.300',
      'jobs||value': '',
      'b||numerator': '1',
    });
  });

  it('is wrong by row and column, all of it at once, and then nothing of it is taken', () => {
    const rows = filled(
      [8, 'E', 31],
      [15, 'G', 1.5],
      [5, 'E', 'mười'],
      [9, 'E', 1],
      [9, 'F', 2],
      [8, 'G', 7],
      [16, 'A', 'zz'],
      [17, 'A', 'jobs'],
      [18, 'A', 'b'],
      [18, 'C', 'hospital'],
    );
    const said = readSheet(rows, form, indicators);
    expect(said.texts).toBeUndefined();
    expect(said.faults?.map(({ code, row, column }) => [code, row, column])).toEqual([
      ['NOT_WHOLE', 5, 'E'],
      ['WRONG_COLUMN', 8, 'G'],
      ['BREAKDOWN_MISSING', 10, 'E'],
      ['NOT_WHOLE', 15, 'G'],
      ['UNKNOWN_INDICATOR', 16, 'A'],
      ['TWICE', 17, undefined],
      ['UNKNOWN_CATEGORY', 18, 'C'],
    ]);
    expect(faultsOf(filled([8, 'E', 31]))).toEqual([['NUMERATOR_EXCEEDS_DENOMINATOR', 8, 'E']]);
    expect(faultsOf(filled([8, 'F', '']))).toEqual([['MISSING', 8, 'F']]);
    expect(faultsOf(filled([15, 'G', -1], [8, 'E', new Date()]))).toEqual([
      ['NOT_WHOLE', 8, 'E'],
      ['NOT_WHOLE', 15, 'G'],
    ]);
  });

  it('is of this unit, this month and this form, or it is not read', () => {
    expect(faultsOf(filled([1, 'B', '00008']))).toEqual([['OTHER_UNIT', 1, 'B']]);
    expect(faultsOf(filled([1, 'B', 4]))).toBeUndefined();
    expect(faultsOf(filled([2, 'B', '2026-02']))).toEqual([['OTHER_PERIOD', 2, 'B']]);
    expect(faultsOf([['a'], ['b']])).toEqual([['OTHER_FORM', undefined, undefined]]);
    expect(faultsOf([...template(), ...Array.from({ length: 500 }, () => [])])).toEqual([
      ['TOO_BIG', undefined, undefined],
    ]);
  });

  it('is read up to five hundred rows, those that say nothing passed over, and with every column', () => {
    const rows = template();
    const blank = Array.from({ length: 500 - rows.length }, () => ['  ', undefined, null]);
    expect(faultsOf([...rows, ...blank])).toBeUndefined();
    expect(faultsOf([...rows, ...blank, []])).toEqual([['TOO_BIG', undefined, undefined]]);
    expect(faultsOf(rows.slice(0, 3))).toEqual([['OTHER_FORM', undefined, undefined]]);
    const withHeads = (count: number) => rows.map((row, n) => (n === 2 ? row.slice(0, count) : row));
    expect(faultsOf(withHeads(7))).toBeUndefined();
    expect(faultsOf(withHeads(6))).toEqual([['OTHER_FORM', undefined, undefined]]);
  });

  it('says 0 as a figure, and nothing that is no whole number, however it is written', () => {
    expect(readSheet(filled([8, 'E', 0]), form, indicators).texts).toMatchObject({ 'c||numerator': '0' });
    for (const value of [true, 2 ** 53, -0.5, 1e300, {}])
      expect(faultsOf(filled([8, 'E', value]))).toEqual([['NOT_WHOLE', 8, 'E']]);
  });

  it('says how large a figure may be, and of a row that was taken out where the rows of its figure begin', () => {
    expect(readSheet(filled([15, 'G', 2 ** 53 - 1]), form, indicators).faults).toEqual([
      { code: 'VALUE_TOO_LARGE', row: 15, column: 'G', limit: 10_000_000 },
    ]);
    expect(readSheet(filled([8, 'E', 31]), form, indicators).faults).toEqual([
      { code: 'NUMERATOR_EXCEEDS_DENOMINATOR', row: 8, column: 'E' },
    ]);
    const rows = filled([10, 'E', 1], [10, 'F', 2], [12, 'E', 1], [12, 'F', 2]);
    expect(faultsOf(rows.filter((_, n) => n !== 8))).toEqual([['MISSING', 9, undefined]]);
  });
});
