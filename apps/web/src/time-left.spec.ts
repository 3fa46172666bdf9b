/** How long it is until a deadline. */
import { timeLeft } from './time-left';

const deadline = '2026-12-05T16:59:59.999Z';
const left = (now: string) => timeLeft(deadline, Date.parse(now));

describe('the time left', () => {
  it.each([
    ['2026-11-29T12:30:00.000Z', false, 'days', 6, 4, 29],
    ['2026-12-04T17:00:00.000Z', false, 'hours', 0, 23, 59],
    ['2026-12-05T16:00:00.000Z', false, 'minutes', 0, 0, 59],
    ['2026-12-05T16:59:59.999Z', false, 'minutes', 0, 0, 0],
    ['2026-12-05T17:00:00.000Z', true, 'minutes', 0, 0, 0],
    ['2026-12-06T16:00:00.000Z', true, 'hours', 0, 23, 0],
    ['2026-12-08T17:00:00.000Z', true, 'days', 3, 0, 0],
  ] as const)('at %s', (now, isOver, of, days, hours, minutes) =>
    expect(left(now)).toEqual({ isOver, in: of, days, hours, minutes }),
  );
});
