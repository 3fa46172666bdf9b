import { isSettled, onTakingUp, pauseAfter, reminderStates } from './delivery.js';

describe('a reminder that is taken up', () => {
  it.each([
    ['email', 'planned', 'send'],
    ['webhook', 'planned', 'send'],
    ['email', 'sending', 'leave unknown'],
    ['webhook', 'sending', 'send'],
  ] as const)('by %s, %s: %s', (channel, state, expected) => expect(onTakingUp(channel, state)).toBe(expected));

  it('in any other state is left alone', () => {
    const settled = reminderStates.filter(isSettled);
    expect(settled).toHaveLength(reminderStates.length - 2);
    for (const state of settled)
      for (const channel of ['email', 'webhook', 'none'] as const) expect(onTakingUp(channel, state)).toBe('nothing');
  });

  it('is tried ten times, later and later, for three days in all', () => {
    const pauses = Array.from({ length: 10 }, (_, n) => pauseAfter(n + 1));
    expect(pauses.at(-1)).toBeUndefined();
    const given = pauses.filter((pause) => pause !== undefined);
    expect(given).toHaveLength(9);
    expect([...given].sort((a, b) => a - b)).toEqual(given);
  });
});
