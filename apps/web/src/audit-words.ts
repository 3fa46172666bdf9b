/** What entries of the audit trail say, in people's words. What has none yet is shown as it is written. */
import type { TFunction } from 'i18next';
import { vi } from './vi';

const words = vi.audit.action;
type Action = keyof typeof words;

/** As `GET /v1/audit?what=` takes them. Words have no dots in their names: i18next would look for a member. */
export const actions: readonly string[] = (Object.keys(words) as Action[]).map((name) => name.replaceAll('_', '.'));

export const actionWord = (t: TFunction, what: string): string => {
  const name = what.replaceAll('.', '_');
  return Object.hasOwn(words, name) ? t(`audit.action.${name as Action}`) : what;
};

const outcomes = vi.audit.outcomes;

/** A code stays a code. */
export const outcomeWord = (t: TFunction, outcome: string): string =>
  Object.hasOwn(outcomes, outcome) ? t(`audit.outcomes.${outcome as keyof typeof outcomes}`) : outcome;

export const factsText = (facts: Readonly<Record<string, string>> = {}): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ');
