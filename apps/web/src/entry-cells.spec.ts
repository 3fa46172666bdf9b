import catalogue from '../../../libs/domain/src/data/catalogue.json';
import type { Indicator } from './api';
import type { CellFigure, ReportForm } from './api-entry';
import { draftOf, fieldAt, placeOf, quietOf, saidOf, textsOf, wholeOf, type Texts } from './entry-cells';

const indicators = new Map(catalogue.indicators.map((each) => [each.code, each as unknown as Indicator]));
const of = (code: string) => indicators.get(code) as Indicator;
const ratio = (code: string, numerator: string, denominator: string, category = ''): Texts => ({
  [placeOf(code, category, 'numerator')]: numerator,
  [placeOf(code, category, 'denominator')]: denominator,
});
const faultOf = (code: string, texts: Texts) => {
  const { fault } = saidOf(of(code), texts);
  return fault && [fault.code, fault.place];
};
const limitOf = (code: string, texts: Texts) => saidOf(of(code), texts).fault?.limit;
const formOf = (cells: Record<string, CellFigure | null>): ReportForm => ({
  ...{ unit: '00004', name: 'Phường Ba Đình', period: '2026-03', deadline: '2026-03-17T16:59:59.999Z' },
  ...{ isLocked: false, isConfigured: true },
  cells: Object.entries(cells).map(([code, figure], n) => ({
    indicator: of(code).code,
    figure,
    held: null,
    revision: n,
  })),
});

describe('a number that is typed', () => {
  it.each([
    ['12', 12],
    [' 1.234 ', 1234],
    ['1 234 567', 1_234_567],
    ['', undefined],
    ['  ', undefined],
    ['0', 0],
    ['12,5', null],
    ['1.23', null],
    ['-1', null],
    ['1e3', null],
    ['12 người', null],
    ['99999999999999999', null],
  ])('is read as it is written in Vietnam: "%s"', (text, number) => expect(wholeOf(text)).toBe(number));
});

describe('the fields of a cell', () => {
  it('say a figure, with those categories that are given, or nothing', () => {
    expect(saidOf(of('c'), {})).toEqual({ figure: null });
    expect(saidOf(of('c'), ratio('c', '12', '30'))).toEqual({ figure: { numerator: 12, denominator: 30 } });
    const parts = { ...ratio('b', '5', '10'), ...ratio('b', '5', '10', 'family') };
    expect(saidOf(of('b'), parts).figure).toEqual({
      numerator: 5,
      denominator: 10,
      breakdown: { family: { numerator: 5, denominator: 10 } },
    });
  });

  it.each([
    ['c', ratio('c', '31', '30'), 'NUMERATOR_EXCEEDS_DENOMINATOR', 'c||numerator'],
    ['c', ratio('c', '12', ''), 'MISSING', 'c||denominator'],
    ['c', ratio('c', '12', 'x'), 'NOT_WHOLE', 'c||denominator'],
    ['c', ratio('c', '1', '10000001'), 'VALUE_TOO_LARGE', 'c||denominator'],
    ['h', { 'h||value': '2' }, 'VALUE_TOO_LARGE', 'h||value'],
    ['e', ratio('e', '1', '2'), 'BREAKDOWN_MISSING', 'e|public_rehab|numerator'],
    ['b', { ...ratio('b', '5', '10'), ...ratio('b', '4', '10', 'family') }, 'BREAKDOWN_INVALID', 'b|addict|numerator'],
    ['b', ratio('b', '4', '10', 'family'), 'MISSING', 'b||numerator'],
    [
      'b',
      { ...ratio('b', '5', '10'), ...ratio('b', '5', '4', 'family'), ...ratio('b', '0', '6', 'addict') },
      'NUMERATOR_EXCEEDS_DENOMINATOR',
      'b|family|numerator',
    ],
  ])('of %s are wrong as an event would be, at the field: %j is %s', (code, texts, fault, place) =>
    expect(faultOf(code, texts)).toEqual([fault, place]),
  );

  it('are found again by the place in an event', () => {
    expect(fieldAt(of('b'), '/data/breakdown/family/denominator')).toBe('b|family|denominator');
    expect(fieldAt(of('jobs'), '')).toBe('jobs||value');
  });
});

it('a figure that is too large says how large it may be, and no other fault does', () => {
  expect(limitOf('jobs', { 'jobs||value': '9007199254740991' })).toBe(10_000_000);
  expect(limitOf('c', ratio('c', '31', '30'))).toBeUndefined();
});

describe('what is changed', () => {
  const form = formOf({ c: { numerator: 12, denominator: 30 }, jobs: { value: 4 }, d: null });

  it('is nothing at first, and then each cell that says something else, with the revision that was shown', () => {
    const begun = textsOf(form.cells);
    expect(draftOf(form, indicators, begun)).toEqual({ changes: [], faults: new Map() });
    const typed = { ...begun, 'jobs||value': '', ...ratio('d', '1', '2'), ...ratio('c', '012', '30') };
    expect(draftOf(form, indicators, typed).changes).toEqual([
      { indicator: 'jobs', seen: 1, figure: null, before: { value: 4 } },
      { indicator: 'd', seen: 2, figure: { numerator: 1, denominator: 2 }, before: null },
    ]);
  });

  it('is a cell that was empty and has a figure, and one that had one and is empty', () => {
    const typed = { ...textsOf(form.cells), ...ratio('c', '', ''), ...ratio('d', '0', '5') };
    expect(draftOf(form, indicators, typed).changes.map(({ indicator, figure }) => [indicator, figure])).toEqual([
      ['c', null],
      ['d', { numerator: 0, denominator: 5 }],
    ]);
  });

  it('is nothing where a cell is wrong, which is said', () => {
    const { changes, faults } = draftOf(form, indicators, { ...textsOf(form.cells), 'jobs||value': '1,5' });
    expect([changes, faults.get('jobs')?.code]).toEqual([[], 'NOT_WHOLE']);
  });

  it('is, where nothing arose, each figure that is added up; those that were something else are named', () => {
    const { cells, lost } = quietOf(form, indicators);
    expect([cells, lost.map(({ indicator }) => indicator)]).toEqual([[{ indicator: 'jobs', seen: 1 }], ['jobs']]);
    const nothingLost = quietOf(formOf({ jobs: null, loans: { value: 0 } }), indicators);
    expect([nothingLost.cells.length, nothingLost.lost]).toEqual([2, []]);
  });
});
