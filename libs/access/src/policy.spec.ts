import { actionsFor, actionsOf, isWithin, may, policy, type Action } from './policy.js';
import { roles, type Principal, type Role } from './principal.js';

const aPrincipal = (role: Role, unit: string): Principal => ({ id: 'x', name: 'x', kind: 'key', roles: [role], unit });

describe('the policy', () => {
  it.each([
    ['VN', '15', true],
    ['VN', '00004', true],
    ['01', '01', true],
    ['01', '00004', true],
    ['01', 'VN', false],
    ['01', '15', false],
    ['00004', '00004', true],
    ['00004', '00008', false],
    ['00004', '01', false],
    ['VN', '99999', false],
    ['01', '', false],
  ])('lets %s reach %s: %s', (own, unit, isReached) =>
    expect(isWithin(aPrincipal('analyst', own), unit)).toBe(isReached),
  );

  it('lets an operator see no figure and an analyst change nothing', () => {
    expect(actionsOf('operator')).toEqual(['refusals.read', 'reminders.read', 'metrics.read']);
    expect(actionsOf('analyst')).toEqual([
      ...['figures.read', 'held.read', 'summaries.read', 'summaries.request', 'reminders.read'],
    ]);
    expect(actionsOf('reporter')).toEqual(['events.publish', 'held.read', 'refusals.read']);
    for (const role of roles.filter((each) => each !== 'signer'))
      expect(actionsOf(role).filter((action) => action.startsWith('months.'))).toEqual([]);
  });

  it('adds up the roles of one who has several', () => {
    const both: Principal = { ...aPrincipal('reporter', '00004'), roles: ['reporter', 'operator'] };
    expect(actionsFor(both)).toEqual([
      'events.publish',
      'held.read',
      'refusals.read',
      'reminders.read',
      'metrics.read',
    ]);
    expect(may(both, 'events.publish', '00004')).toBe(true);
    expect(may(both, 'events.publish', '01')).toBe(false);
  });

  it('lets nobody without a role do anything', () => {
    const nobody: Principal = { ...aPrincipal('analyst', 'VN'), roles: [] };
    for (const action of Object.keys(policy) as Action[]) expect(may(nobody, action, '00004')).toBe(false);
    expect(roles).toHaveLength(5);
  });
});
