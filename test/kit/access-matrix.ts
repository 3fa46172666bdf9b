/** The table of docs/access.md: every route, the roles that may ask, and for which units; made from the rules of the routes and the policy. */
import { policy, roles, type Action, type Role, type Rule } from '#access';
import type { Route } from './routes.js';

const isMay = (rule: Rule | undefined, role: Role): boolean => {
  if (rule === undefined) return false;
  return !('action' in rule) || (policy[rule.action] as readonly Role[]).includes(role);
};

/** What an action is about that no place of the request names. */
const unnamed: Partial<Record<Action, string>> = {
  'events.publish': 'the unit of each event',
  'months.decide': 'the province of the correction',
};

const unitsOf = (rule: Rule | undefined): string => {
  if (rule === undefined) return 'nobody';
  if ('open' in rule) return 'everybody, without a key';
  if ('signedIn' in rule) return 'everybody who is known; units within sight';
  const { unit } = rule;
  if (unit === undefined) return unnamed[rule.action] ?? 'no unit';
  if (unit.query === undefined && unit.param === undefined) return 'the country';
  const place = unit.param === undefined ? `\`?${unit.query}=\`` : `\`{${unit.param}}\``;
  return unit.orElse === undefined ? place : `${place}, else ${unit.orElse === 'own' ? 'the own unit' : unit.orElse}`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** @param services their names and routes */
export const accessMatrix = (services: Readonly<Record<string, readonly Route[]>>): string => {
  const lines = Object.entries(services).flatMap(([service, routes]) =>
    routes.map(({ method, path, rule }) =>
      row([
        service,
        `\`${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}\``,
        ...roles.map((role) => (isMay(rule, role) ? 'yes' : '–')),
        unitsOf(rule),
      ]),
    ),
  );
  return [row(['service', 'route', ...roles, 'for']), row(Array(roles.length + 3).fill('---')), ...lines].join('\n');
};
