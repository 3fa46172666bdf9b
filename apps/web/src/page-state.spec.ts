/** The address and back. */
import { readPageState, unknownIn, writePageState } from './page-state';

const addressOf = (text: string) => new URL(text, 'http://page.invalid');
const read = (text: string) => readPageState(addressOf(text));
const nothing = {
  window: undefined,
  unit: 'VN',
  lang: undefined,
  asOf: undefined,
  view: undefined,
  indicator: undefined,
  asTable: false,
  measure: undefined,
  sort: undefined,
  work: undefined,
  calendar: false,
  why: undefined,
};

describe('the address', () => {
  it('holds window, unit and language', () => {
    const state = read('/tinh/01?window=2026-Q1&lang=en');
    expect(state).toEqual({ ...nothing, window: '2026-Q1', unit: '01', lang: 'en' });
    expect(writePageState(state)).toBe('/tinh/01?window=2026-Q1&lang=en');
    expect(writePageState({ ...state, unit: 'VN' })).toBe('/?window=2026-Q1&lang=en');
    expect(writePageState(read('/'))).toBe('/');
  });

  it('of a commune has a path of its own', () => {
    expect(read('/xa/00004?window=2026-03')).toEqual({ ...nothing, unit: '00004', window: '2026-03' });
    expect(writePageState(read('/xa/00004'))).toBe('/xa/00004');
  });

  it('from before provinces had a path still opens', () => {
    expect(read('/?window=2026-Q1&unit=01&lang=en')).toEqual(read('/tinh/01?window=2026-Q1&lang=en'));
  });

  it('falls back where it says nothing, or nonsense', () => {
    expect(read('/')).toEqual(nothing);
    expect(read('/?window=2026-13&unit=../x&lang=fr')).toEqual(nothing);
  });

  it.each([
    ['/xa/004', { what: 'unit', asked: '004' }],
    ['/xa/00004/', undefined],
    ['/?unit=00004', undefined],
    ['/tinh/x/', { what: 'unit', asked: 'x' }],
    ['/?window=2026-13', { what: 'window', asked: '2026-13' }],
    ['/tinh/01?window=2024', { what: 'window', asked: '2024' }],
    ['/tinh/01/?window=2026', undefined],
    ['/tinh/', undefined],
    ['/', undefined],
  ])('%s asks for what cannot be: %j', (text, unknown) => {
    expect(unknownIn(addressOf(text))).toEqual(unknown);
  });

  it('holds the instant as of which it is looked at, however its offset is written; none that is not one', () => {
    const { asOf } = read('/?asOf=2026-04-20T09:30:00%2B07:00');
    expect(asOf).toBe('2026-04-20T02:30:00.000Z');
    expect(read(writePageState({ ...read('/'), asOf })).asOf).toBe(asOf);
    for (const wrong of ['2026-04-20', '2026-04-20T09:30', '2026-13-20T09:30:00Z', 'now'])
      expect(read(`/?asOf=${wrong}`).asOf).toBeUndefined();
  });

  it('holds what maps and tables show, and how', () => {
    const text = '/?indicator=loans&show=table&measure=gap&sort=league.c.desc';
    const state = read(text);
    expect(state).toEqual({
      ...nothing,
      indicator: 'loans',
      asTable: true,
      measure: 'gap',
      sort: 'league.c.desc',
    });
    expect(writePageState(state)).toBe(text);
    expect(read('/?show=x&measure=x&sort=x&indicator=')).toEqual(nothing);
  });

  it('holds which work is listed, so that a list can be shared', () => {
    expect(read('/tinh/01?work=late').work).toBe('late');
    expect(writePageState(read('/tinh/01?work=late'))).toBe('/tinh/01?work=late');
    expect(read('/tinh/01?work=nonsense').work).toBeUndefined();
  });

  it('holds whether the calendar is open', () => {
    expect(writePageState(read('/tinh/01?calendar=open'))).toBe('/tinh/01?calendar=open');
    expect(read('/tinh/01?calendar=x').calendar).toBe(false);
  });

  it('holds the figure whose making is looked at, and the event whose changes are', () => {
    const text = '/tinh/01?window=2026-03&why=00004.c.2026-03&event=a%26b';
    expect(read(text).why).toEqual({ unit: '00004', indicator: 'c', window: '2026-03', event: 'a&b' });
    expect(writePageState(read(text))).toBe(text);
    expect(read('/?why=nonsense').why).toBeUndefined();
  });

  it('leads to the audit trail, and to nothing that there is not', () => {
    expect(writePageState(read('/?view=audit'))).toBe('/?view=audit');
    expect(read('/?view=x').view).toBeUndefined();
  });
});
