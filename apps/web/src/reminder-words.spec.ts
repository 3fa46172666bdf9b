import type { TFunction } from 'i18next';
import { readFileSync } from 'node:fs';
import type { Reminder } from './api';
import { groupOf, groups, isIn, monthOf, stateWords, stepWords } from './reminder-words';

const [, listed = ''] =
  /reminderStates = \[(.*?)\n\] as const/s.exec(readFileSync('libs/domain/src/reminders/delivery.ts', 'utf8')) ?? [];
const reminderStates = [...listed.matchAll(/'([^']+)'/g)].map(([, name]) => name as Reminder['state']);

const t = ((key: string, values?: object) => `[${key}${values ? ` ${JSON.stringify(values)}` : ''}]`) as TFunction;

describe('the words of reminders', () => {
  it('are there for every state and step', () => {
    expect(reminderStates.length).toBeGreaterThan(8);
    for (const state of reminderStates) expect(stateWords(t, state)).toBe(`[reminders.states.${state}]`);
    for (const step of ['before-3', 'after-1'])
      expect(stepWords(t, { step, about: ['00004'] })).toContain('[reminders.steps.');
    expect([stateWords(t, 'new'), stepWords(t, { step: 'new', about: [] })]).toEqual(['new', 'new']);
    expect(stepWords(t, { step: 'escalation-3', about: ['00004', '00008'] })).toContain('{"days":"3","count":2}');
  });

  it('put each into one group, and what went wrong where it is looked at', () => {
    for (const state of reminderStates) expect(groups).toContain(groupOf({ state }));
    const trouble = reminderStates.filter((state) => isIn('trouble', { state }));
    expect(trouble).toEqual(['refused', 'failed', 'unknown', 'expired', 'no-channel']);
    expect(reminderStates.filter((state) => isIn('all', { state }))).toHaveLength(reminderStates.length);
  });

  it.each([
    ['2026-03', '2026-03'],
    ['2026-Q1', '2026-03'],
    ['2026', '2026-05'],
    ['2026-Q4', '2026-10'],
    ['nothing', '2026-05'],
  ])('are of one month of %s: %s', (window, expected) =>
    expect(monthOf(window, new Date('2026-05-10T00:00:00Z'))).toBe(expected),
  );
});
