/** What a province has to see to. */
import type { HeldCorrection, Refusal } from './api';
import type { SuspiciousFigure } from './api-suspicious';
import { isWorkKind, namedRows, shownKind, workOf, type Work } from './work-list';
import { parseWindow, type ReportWindow } from './window';

const march = parseWindow('2026-03') as ReportWindow;
const nothing = {
  units: { missing: [], late: [], partial: [] },
  refusals: [],
  held: { months: [], items: [] },
  suspicious: [],
  window: march,
};
const aRefusal = (fields: Partial<Refusal>): Refusal => ({
  unit: '00004',
  code: 'SCHEMA',
  pointer: '/data',
  detail: '',
  origin: 'http',
  receivedAt: '2026-03-16T03:00:00Z',
  ...fields,
});
const aCorrection = (unit: string, period: string): HeldCorrection => ({
  id: `${unit}.${period}`,
  unit,
  period,
  indicator: 'c',
  after: null,
  receivedAt: '2026-03-20T03:00:00Z',
  event: null,
});

it('an address may name a kind of work, and nothing else', () =>
  expect(['held', 'heldd', '', null].map(isWorkKind)).toEqual([true, false, false, false]));

describe('the work of a province', () => {
  it('is each unit that has not sent, was late, or lacks indicators, with its row in the table of communes', () => {
    const units = { missing: ['01', '00004'], late: ['00008'], partial: ['00025'] };
    const work = workOf({ ...nothing, units });
    expect(work.missing).toEqual([
      { unit: '01', count: 1, place: 'month-title' },
      { unit: '00004', count: 1, place: 'commune-00004' },
    ]);
    expect(work.late.map(({ unit }) => unit)).toEqual(['00008']);
    expect(work.partial.map(({ unit }) => unit)).toEqual(['00025']);
  });

  it('counts refusals by unit and leads to the newest; those of no unit are left to the operator', () => {
    const { unit: _unit, ...nameless } = aRefusal({});
    const refusals = [aRefusal({ code: 'FUTURE_TIME' }), aRefusal({}), aRefusal({ unit: '00008' }), nameless];
    expect(workOf({ ...nothing, refusals }).refused).toEqual([
      { unit: '00004', count: 2, place: 'refused-00004-FUTURE_TIME' },
      { unit: '00008', count: 1, place: 'refused-00008-SCHEMA' },
    ]);
  });

  it('is what was refused of the window, whenever that was, and is not mended since', () => {
    const refusals = [
      aRefusal({ unit: '00008', period: '2026-03', receivedAt: '2026-11-01T00:00:00Z' }),
      aRefusal({ unit: '00013', period: '2026-02' }),
      aRefusal({ unit: '00025', period: '2026-03', mendedAt: '2026-03-17T00:00:00Z' }),
    ];
    expect(workOf({ ...nothing, refusals }).refused.map(({ unit }) => unit)).toEqual(['00008']);
  });

  it.each([
    ['2026-03', '2026-02-15T00:00:00+07:00', '2026-04-14T23:59:59+07:00'],
    ['2026-12', '2026-11-15T00:00:00+07:00', '2027-01-14T23:59:59+07:00'],
  ])('is what was refused without a month while reports of %s came in, from %s to %s', (code, from, to) => {
    const window = parseWindow(code) as ReportWindow;
    const refusedAt = (instant: number) => {
      const refusals = [aRefusal({ receivedAt: new Date(instant).toISOString() })];
      return workOf({ ...nothing, window, refusals }).refused.length;
    };
    const bounds = [Date.parse(from) - 1000, Date.parse(from), Date.parse(to), Date.parse(to) + 1000];
    expect(bounds.map(refusedAt)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ['2026-02-14T16:59:59Z', 0],
    ['2026-02-14T17:00:00Z', 1],
    ['2026-04-14T16:59:59Z', 1],
    ['2026-04-14T17:00:00Z', 0],
  ])(
    'a refusal without a month at %s: of March are those from its first day until April is over',
    (receivedAt, count) =>
      expect(workOf({ ...nothing, refusals: [aRefusal({ receivedAt })] }).refused).toHaveLength(count),
  );

  it('has until 14 January what was refused of December', () => {
    const december = parseWindow('2026-12') as ReportWindow;
    const refusals = [aRefusal({ receivedAt: '2027-01-14T03:00:00Z' })];
    expect(workOf({ ...nothing, refusals, window: december }).refused).toHaveLength(1);
  });

  it('counts the corrections that wait, of months of the window alone', () => {
    const months = [
      { unit: '00004', period: '2026-03', held: 2 },
      { unit: '00008', period: '2026-02', held: 1 },
    ];
    const held = { months, items: [aCorrection('00004', '2026-03')] };
    expect(workOf({ ...nothing, held }).held).toEqual([{ unit: '00004', count: 2, place: 'held-00004-2026-03' }]);
  });

  it('counts those too that are further down than the first page, and leads to the panel', () => {
    const months = [
      { unit: '00004', period: '2026-03', held: 200 },
      { unit: '00008', period: '2026-03', held: 7 },
    ];
    const held = { months, items: Array<HeldCorrection>(200).fill(aCorrection('00004', '2026-03')) };
    expect(workOf({ ...nothing, held }).held[1]).toEqual({ unit: '00008', count: 7, place: 'held-title' });
  });

  it('has an item for each suspicious figure', () => {
    const figure = { unit: '00004', name: 'x', period: '2026-03', indicator: 'c', percent: null } as const;
    const why = { reason: 'jump', field: 'value', compared: 80, against: null } as const;
    const suspicious: SuspiciousFigure[] = [
      { ...figure, ...why },
      { ...figure, ...why, indicator: 'd' },
    ];
    expect(workOf({ ...nothing, suspicious }).suspicious.map(({ unit }) => unit)).toEqual(['00004', '00004']);
  });

  it('is in the order of names, whatever kind of unit each is', () => {
    const names: Record<string, string> = {
      1: 'Phường Ô Chợ Dừa',
      2: 'Xã An Khánh',
      3: 'Phường Đống Đa',
      4: 'Xã An Khánh',
    };
    const nameOf = (unit: string) => ({ fullName: names[unit] ?? '', name: (names[unit] ?? '').replace(/^\S+ /, '') });
    const items = ['1', '4', '2', '3'].map((unit) => ({ unit, count: 1, place: '' }));
    expect(namedRows(items, nameOf).map(({ unit }) => unit)).toEqual(['2', '4', '3', '1']);
  });

  it('begins with the first kind that there is something of', () => {
    const one = [{ unit: '00004', count: 1, place: '' }];
    const none: Work = { missing: [], late: [], partial: [], refused: [], held: [], suspicious: [] };
    expect(shownKind(undefined, { ...none, partial: one, held: one })).toBe('partial');
    expect(shownKind('late', { ...none, partial: one })).toBe('late');
    expect(shownKind(undefined, none)).toBe('missing');
  });
});
