/**
 * Requests of a test, a benchmark or the chaos run: each goes with the key of the one who would send it.
 */
import type { Role } from '#access';
import { COUNTRY } from '#domain';
import { issueKey } from '../../cli/access-keys.js';
import type { Installation } from '../../cli/installation.js';

export type Tokens = Readonly<Record<'reporter' | 'signer' | 'analyst' | 'operator' | 'auditor', string>>;
const tokensAt = new Map<string, Tokens>();

/** Issues the keys of an installation, of the whole country, for what asks it at these addresses. */
export const giveKeys = async (
  installation: Installation,
  env: Readonly<Record<string, string | undefined>>,
  addresses: readonly string[],
): Promise<Tokens> => {
  const issued = (role: Role) =>
    issueKey(installation, env, { role, unit: COUNTRY, days: 1, name: 'test' }).then(({ token }) => token);
  const [reporter, signer, analyst] = [await issued('reporter'), await issued('signer'), await issued('analyst')];
  const [operator, auditor] = [await issued('operator'), await issued('auditor')];
  const tokens = { reporter, signer, analyst, operator, auditor };
  for (const address of addresses) tokensAt.set(new URL(address).origin, tokens);
  return tokens;
};

/** The header by which a request is let in; none where no keys were given for the address. */
export const authorizationFor = (url: string | URL): Record<string, string> => {
  const { origin, pathname } = new URL(url);
  const tokens = tokensAt.get(origin);
  return tokens === undefined ? {} : { authorization: `Bearer ${tokens[roleOf(pathname)]}` };
};

const roleOf = (path: string): keyof Tokens => {
  if (path === '/v1/events' || path === '/v1/rejections') return 'reporter';
  if (path.endsWith('/contacts')) return 'signer';
  if (path === '/v1/audit') return 'auditor';
  return path === '/metrics' ? 'operator' : 'analyst';
};

/** `fetch`, let in. */
export const authorizedFetch = (url: string | URL, init: RequestInit = {}): Promise<Response> => {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(authorizationFor(url))) if (!headers.has(name)) headers.set(name, value);
  return fetch(url, { ...init, headers });
};
