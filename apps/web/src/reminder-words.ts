/** Reminders in people's words and groups, and the month that a window asks about. */
import type { TFunction } from 'i18next';
import type { Reminder } from './api';
import { vi } from './vi';
import { currentMonth, parseWindow } from './window';

export const groups = ['all', 'sent', 'waiting', 'trouble', 'nowhere'] as const;
export type Group = (typeof groups)[number];

/** What somebody has to look at is everything that did not come out as it should and may not by itself. */
const groupOfState: Record<string, Exclude<Group, 'all'>> = {
  planned: 'waiting',
  sending: 'waiting',
  sent: 'sent',
  unneeded: 'sent',
  'no-contact': 'nowhere',
};

export const groupOf = ({ state }: Pick<Reminder, 'state'>): Exclude<Group, 'all'> => groupOfState[state] ?? 'trouble';

export const isIn = (group: Group, reminder: Pick<Reminder, 'state'>): boolean =>
  group === 'all' || groupOf(reminder) === group;

const steps = vi.reminders.steps;

/** `before-3` in words; a step that has none as it is written. */
export function stepWords(t: TFunction, { step, about }: Pick<Reminder, 'step' | 'about'>): string {
  const [kind = '', days = ''] = step.split('-');
  return Object.hasOwn(steps, kind)
    ? t(`reminders.steps.${kind as keyof typeof steps}`, { days, count: about.length })
    : step;
}

const states = vi.reminders.states;

export const stateWords = (t: TFunction, state: string): string =>
  Object.hasOwn(states, state) ? t(`reminders.states.${state as keyof typeof states}`) : state;

/** The month whose reminders are shown: a window's last one, or the last of it that has begun. */
export function monthOf(code: string, now: Date): string {
  const window = parseWindow(code);
  const current = currentMonth(now);
  if (window === undefined) return current;
  const last = `${window.year}-${String(window.lastMonth).padStart(2, '0')}`;
  const first = `${window.year}-${String(window.firstMonth).padStart(2, '0')}`;
  return last <= current ? last : current < first ? first : current;
}
