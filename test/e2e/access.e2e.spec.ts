/**
 * Who is answered: every route of the real services × every role × the own unit, one under it, one beside it and the one above it, by the policy.
 */
import { actionsOf, mayAnywhere, roles, type Principal, type Role, type Rule } from '#access';
import { COUNTRY } from '#domain';
import { issueKey, revokeKey } from '../../cli/access-keys.js';
import { controllers as ofDashboard } from '../../apps/dashboard/src/api.js';
import { controllers as ofIntake } from '../../apps/intake/src/api.js';
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { routesOf, type Route } from '../kit/routes.js';

const HANOI = '01';
/** By what they are to Hà Nội. */
const units = { own: HANOI, child: '00004', sibling: '15', siblingsChild: '02683', parent: COUNTRY, none: '99999' };
type Relation = keyof typeof units;
const relations = Object.keys(units) as Relation[];
const isReached: Readonly<Record<Relation, boolean>> = {
  own: true,
  child: true,
  sibling: false,
  siblingsChild: false,
  parent: false,
  none: false,
};

/** What else a route asks for, so that whoever is let in is answered. */
const more: Readonly<Record<string, string>> = {
  '/v1/rollups': 'window=2026-03',
  '/v1/units/:code/children': 'window=2026-03&indicator=c',
  '/v1/units/:code/table': 'window=2026-03',
  '/v1/units/:code/history': 'window=2026-03&indicator=c',
  '/v1/units/:code/year': 'year=2026',
  '/v1/units/:code/calendar': 'year=2026',
  '/v1/units/:code/suspicious': 'window=2026-03',
  '/v1/rollups/monthly': 'from=2026-01&to=2026-03',
  '/v1/completeness': 'window=2026-03',
};

interface Asked {
  readonly path: string;
  readonly relation: Relation;
}

/** The requests that tell a route's rule: one for each unit where it is about one, else one. */
const requestsOf = ({ path, rule }: Route): readonly Asked[] => {
  if (rule === undefined || !('action' in rule) || rule.unit === undefined) return [{ path, relation: 'own' }];
  const { query, param } = rule.unit;
  if (query === undefined && param === undefined) return [{ path: path.replace(':name', 'x'), relation: 'parent' }];
  return relations.map((relation) => {
    const unit = units[relation];
    const rest = more[path] ?? '';
    if (param !== undefined) return { path: `${path.replace(`:${param}`, unit)}?${rest}`, relation };
    return { path: `${path}?${query}=${unit}${rest === '' ? '' : `&${rest}`}`, relation };
  });
};

const expectedOf = (rule: Rule | undefined, role: Role, relation: Relation): boolean => {
  if (rule === undefined) return false;
  if (!('action' in rule)) return true;
  const principal: Principal = { id: '', name: '', kind: 'key', roles: [role], unit: HANOI };
  return mayAnywhere(principal, rule.action) && (rule.unit === undefined || isReached[relation]);
};

describe('access', () => {
  let it_: TestInstallation;
  const tokens = new Map<Role, string>();

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard');
    for (const role of roles) {
      const { token } = await issueKey(it_, it_.env, { role, unit: HANOI, days: 1, name: role });
      tokens.set(role, token);
    }
    await eventually(
      () => statusOf(it_.dashboard, 'GET', '/v1/catalogue', tokens.get('auditor')),
      (status) => status === 200,
    );
  });
  afterAll(() => it_.stop());

  const statusOf = async (base: string, method: string, path: string, token?: string): Promise<number> => {
    const ending = new AbortController();
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    if (method === 'POST') headers['content-type'] = 'application/json';
    const { status } = await fetch(base + path, { method, headers, redirect: 'manual', signal: ending.signal });
    ending.abort();
    return status;
  };

  const all = () =>
    [
      ...routesOf(ofDashboard).map((route) => ({ base: it_.dashboard, route })),
      ...routesOf(ofIntake).map((route) => ({ base: it_.intake, route })),
    ].filter(({ route }) => route.method !== 'OPTIONS');

  it('is closed to strangers, but for what is open', async () => {
    const answers: string[] = [];
    const expected: string[] = [];
    for (const { base, route } of all()) {
      const [{ path }] = requestsOf(route);
      const isOpen = route.rule !== undefined && 'open' in route.rule;
      const status = await statusOf(base, route.method, path);
      answers.push(`${route.method} ${route.path} ${status === 401 ? 'closed' : 'open'}`);
      expected.push(`${route.method} ${route.path} ${isOpen ? 'open' : 'closed'}`);
    }
    expect(answers).toEqual(expected);
    expect(expected.filter((line) => line.endsWith('closed')).length).toBeGreaterThan(10);
  });

  it.each(roles)('lets %s of Hà Nội do what the policy says, for every route and unit', async (role) => {
    const answers: string[] = [];
    const expected: string[] = [];
    for (const { base, route } of all()) {
      if (route.rule !== undefined && 'open' in route.rule) continue;
      for (const { path, relation } of requestsOf(route)) {
        const status = await statusOf(base, route.method, path, tokens.get(role));
        const line = `${route.method} ${route.path} ${relation}`;
        answers.push(`${line} ${status === 403 ? 'refused' : 'let in'}${status >= 500 ? ` (${status})` : ''}`);
        expected.push(`${line} ${expectedOf(route.rule, role, relation) ? 'let in' : 'refused'}`);
      }
    }
    expect(answers).toEqual(expected);
    expect(actionsOf(role).length).toBeGreaterThan(0);
  });

  it('says the same of a unit that is out of scope and of one that there is not', async () => {
    const bodyOf = async (path: string) => {
      const headers = { authorization: `Bearer ${tokens.get('analyst')}` };
      return (await fetch(`${it_.dashboard}${path}`, { headers })).text();
    };
    for (const path of [
      '/v1/rollups?window=2026-03&unit=',
      '/v1/completeness?window=2026-03&unit=',
      '/v1/units?parent=',
    ]) {
      const told = await Promise.all(['15', '02683', '99999', 'XX'].map((unit) => bodyOf(path + unit)));
      expect(new Set(told).size).toBe(1);
      expect(told[0]).toContain('FORBIDDEN');
    }
  });

  it('lists no unit beside or under another province', async () => {
    const headers = { authorization: `Bearer ${tokens.get('signer')}` };
    const { items } = (await (await fetch(`${it_.dashboard}/v1/units`, { headers })).json()) as {
      items: { code: string; parent: string | null }[];
    };
    const own = items.filter(({ code, parent }) => code === HANOI || parent === HANOI);
    expect(own.length).toBeGreaterThan(100);
    expect(items.filter((unit) => !own.includes(unit)).map(({ code }) => code)).toEqual([COUNTRY]);
  });

  it('lets a key in no more within a second of its revocation, and ends its live stream', async () => {
    const { id, token } = await issueKey(it_, it_.env, { role: 'signer', unit: HANOI, days: 1, name: 'soon gone' });
    const path = `/v1/stream?unit=${HANOI}`;
    await eventually(
      () => statusOf(it_.dashboard, 'GET', path, token),
      (status) => status === 200,
    );
    const stream = await fetch(it_.dashboard + path, { headers: { authorization: `Bearer ${token}` } });
    const ended = stream.text().then(
      () => performance.now(),
      () => performance.now(),
    );
    await revokeKey(it_, it_.env, id);
    const revokedAt = performance.now();
    expect((await ended) - revokedAt).toBeLessThan(1_000);
    expect(await statusOf(it_.dashboard, 'GET', path, token)).toBe(401);
  });

  it('takes over HTTP a commune’s own events, and of no other, from a reporter of it', async () => {
    const { token } = await issueKey(it_, it_.env, { role: 'reporter', unit: '00004', days: 1, name: 'Ba Đình' });
    const post = async (unit: string) => {
      const headers = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${token}` };
      const body = JSON.stringify(anEvent({ data: { unit } }));
      return (await fetch(`${it_.intake}/v1/events`, { method: 'POST', headers, body })).status;
    };
    await eventually(
      () => post('00004'),
      (status) => status === 202,
    );
    expect([await post('00008'), await post('02683')]).toEqual([403, 403]);
  });
});
