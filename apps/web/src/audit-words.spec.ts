import { readFileSync } from 'node:fs';
import type { TFunction } from 'i18next';
import { actions, actionWord, factsText, outcomeWord } from './audit-words';

const t = ((key: string) => `[${key}]`) as unknown as TFunction;

/** As the contract writes them; the page loads nothing of the services' own. */
const [, listed] =
  /auditedActions = \[(.*?)\] as const/s.exec(readFileSync('libs/contracts/src/audit.ts', 'utf8')) ?? [];
const auditedActions = [...(listed ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name);

describe('the words of the audit trail', () => {
  it('are there for every action, and for no other', () => expect([...actions].sort()).toEqual(auditedActions.sort()));

  it('are the entry’s own where there are none', () => {
    expect(actionWord(t, 'figures.read')).toBe('[audit.action.figures_read]');
    expect(actionWord(t, 'some.day')).toBe('some.day');
    expect([outcomeWord(t, 'allowed'), outcomeWord(t, 'EXPIRED')]).toEqual(['[audit.outcomes.allowed]', 'EXPIRED']);
    expect(factsText({ window: '2026-03', name: 'x' })).toBe('window: 2026-03; name: x');
  });
});
