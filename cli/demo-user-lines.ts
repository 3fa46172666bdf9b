/** The demonstration's users, a line each: the name, for which unit, and what one may do. */
import { demoUsers } from '#access/demonstration';
import { unitOf } from '#domain';

export const demoUserLines = (): readonly string[] =>
  demoUsers.map(({ name, roles, unit }) => `    ${name} (${unit} ${unitOf(unit)?.name ?? ''}): ${roles.join(', ')}`);
