/** Which month a home opens on. */
import { homeMonth, monthBefore } from './home-month';

const at = (text: string) => Date.parse(`${text}+07:00`);
const november = {
  window: '2026-11',
  expected: 127,
  complete: 126,
  deadlines: { commune: '2026-11-17T16:59:59.999Z', province: '2026-11-20T16:59:59.999Z' },
};
const whole = { ...november, complete: 127 };

describe('a home opens on', () => {
  it.each([
    ['the month that is due next, though another has begun', november, '2026-11-16T08:00', '2026-11'],
    ['the month that is due next, though it is complete already', whole, '2026-11-16T08:00', '2026-11'],
    ['the overdue month while a report of it is not complete', november, '2026-12-14T08:00', '2026-11'],
    ['the running month when nothing is left of the one before', whole, '2026-11-21T00:00', '2026-12'],
    ['the running month where no report was taken before it', undefined, '2026-11-16T08:00', '2026-12'],
  ])('%s', (_, before, now, month) => expect(homeMonth('2026-12', before, 'province', at(now))).toBe(month));

  it('a month until the deadline of whoever looks: communes have an earlier one', () => {
    const now = at('2026-11-18T08:00');
    expect(homeMonth('2026-12', whole, 'province', now)).toBe('2026-11');
    expect(homeMonth('2026-12', whole, 'commune', now)).toBe('2026-12');
  });
});

describe('the month before', () => {
  it('may be of the year before, and there is none before the first', () => {
    const now = new Date('2026-11-29T00:00:00Z');
    expect([monthBefore('2026-12', now), monthBefore('2026-01', now), monthBefore('2025-01', now)]).toEqual([
      '2026-11',
      '2025-12',
      undefined,
    ]);
  });
});
