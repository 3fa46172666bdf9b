/**
 * What stands in the audit trail: for every audited route one entry a request, allowed or refused; changes of access and repairs by commands; and what a
 * province's auditor sees of it. Where Kafka is away nothing of it is answered.
 */
import { hostname, userInfo } from 'node:os';
import type { Role } from '#access';
import type { AuditEntry } from '#contracts';
import { readTopic, boundsOf } from '#stream';
import { bindCertificate, endLater, issueKey, readKeys, revokeKey } from '../../cli/access-keys.js';
import { rebuild } from '../../cli/rebuild.js';
import { sealedCommand } from '../../cli/sealed.js';
import { skipCommand } from '../../cli/skip.js';
import { anEvent } from '../kit/builders.js';
import { anAuthority } from '../kit/authority.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

type Facts = Readonly<Record<string, string>>;

/** Each audited route, asked by whoever may and by whoever may not. */
const requests: readonly { path: string; method?: string; may: Role; what: string; unit: string; facts?: Facts }[] = [
  {
    path: '/v1/rollups?unit=00004&window=2026-03',
    may: 'analyst',
    what: 'figures.read',
    unit: '00004',
    facts: { window: '2026-03' },
  },
  {
    path: '/v1/completeness?unit=00004&window=2026-03',
    may: 'signer',
    what: 'figures.read',
    unit: '00004',
    facts: { window: '2026-03' },
  },
  {
    path: '/v1/units/01/children?window=2026-03&indicator=c',
    may: 'auditor',
    what: 'figures.read',
    unit: '01',
    facts: { window: '2026-03', indicator: 'c' },
  },
  { path: '/v1/stream?unit=00004', may: 'analyst', what: 'figures.read', unit: '00004' },
  { path: '/v1/summaries', method: 'POST', may: 'analyst', what: 'summary.requested', unit: 'VN' },
  {
    path: '/v1/summaries/VN-2026-Q1-r1.json',
    may: 'analyst',
    what: 'document.downloaded',
    unit: 'VN',
    facts: { name: 'VN-2026-Q1-r1.json' },
  },
  {
    path: '/v1/audit?unit=00004&what=export',
    may: 'auditor',
    what: 'audit.read',
    unit: '00004',
    facts: { what: 'export' },
  },
];

describe('the audit trail has', () => {
  let it_: TestInstallation;
  const tokens = new Map<string, { readonly id: string; readonly token: string }>();

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,audit,dashboard,intake');
    for (const role of ['analyst', 'signer', 'auditor', 'reporter'] as const)
      tokens.set(role, await issueKey(it_, it_.env, { role, unit: 'VN', days: 1, name: role }));
    for (const unit of ['01', '15'])
      tokens.set(`auditor ${unit}`, await issueKey(it_, it_.env, { role: 'auditor', unit, days: 1, name: unit }));
    await eventually(
      () => ask('/v1/catalogue', 'auditor 15'),
      ({ status }) => status === 200,
    );
  });
  afterAll(() => it_.stop());

  const ask = async (path: string, as: string, method = 'GET'): Promise<{ status: number; body: string }> => {
    const headers: Record<string, string> = { authorization: `Bearer ${tokens.get(as)?.token ?? as}` };
    if (method === 'POST') headers['content-type'] = 'application/json';
    const body = method === 'POST' ? '{"window":"2026-Q1"}' : undefined;
    const ending = new AbortController();
    const answer = await fetch(it_.dashboard + path, { method, headers, body, signal: ending.signal });
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = isStream ? '' : await answer.text();
    ending.abort();
    return { status: answer.status, body: text };
  };
  /** As the services sent them, oldest first. */
  const entries = async (): Promise<AuditEntry[]> => {
    const found: AuditEntry[] = [];
    await readTopic(
      it_.kafka,
      it_.topics.auditEntries,
      await boundsOf(it_.kafka, it_.topics.auditEntries),
      (_, record) => found.push(JSON.parse(String(record.value)) as AuditEntry),
    );
    return found.sort((a, b) => a.at.localeCompare(b.at));
  };
  /** What came while something was done. */
  const during = async (work: () => Promise<unknown>): Promise<AuditEntry[]> => {
    const before = new Set((await entries()).map(({ id }) => id));
    await work();
    return (await entries()).filter(({ id }) => !before.has(id));
  };

  it.each(requests)('one entry for $method $path, allowed', async ({ path, method, may, what, unit, facts }) => {
    const begunAt = Date.now();
    let status = 0;
    const came = await during(async () => ({ status } = await ask(path, may, method)));
    expect(status).toBeLessThan(500);
    expect([status === 401, status === 403]).toEqual([false, false]);
    const who = { id: tokens.get(may)?.id, name: may, kind: 'key', roles: [may], unit: 'VN' };
    const entry = {
      id: expect.any(String),
      at: expect.any(String),
      who,
      what,
      unit,
      from: '127.0.0.1',
      outcome: 'allowed',
    };
    expect(came.map(({ facts: _, ...rest }) => rest)).toEqual([entry]);
    expect(came[0].facts ?? {}).toEqual(facts ?? {});
    expect(Date.parse(came[0].at)).toBeGreaterThanOrEqual(begunAt);
  });

  it.each(requests)('one entry for $method $path, refused', async ({ path, method, what, unit }) => {
    let status = 0;
    const came = await during(async () => ({ status } = await ask(path, 'reporter', method)));
    expect([status, came.length]).toEqual([403, 1]);
    const { name } = came[0].who ?? {};
    expect([came[0].what, came[0].unit, name, came[0].from, came[0].outcome]).toEqual([
      what,
      unit,
      'reporter',
      '127.0.0.1',
      'FORBIDDEN',
    ]);
  });

  it('nothing of a request that is not audited', async () => {
    const came = await during(async () => {
      for (const path of ['/v1/rollups?unit=01&window=2026-03', '/v1/catalogue', '/v1/summaries'])
        await ask(path, 'analyst');
    });
    expect(came).toEqual([]);
  });

  it('wrong credentials at both services, once for an address and minute', async () => {
    const came = await during(async () => {
      for (let n = 0; n < 20; n += 1) expect((await ask('/v1/catalogue', 'th_000000000000_x')).status).toBe(401);
      for (let n = 0; n < 20; n += 1) {
        const headers = { authorization: 'Bearer nonsense' };
        expect((await fetch(`${it_.intake}/v1/events`, { method: 'POST', headers })).status).toBe(401);
      }
      expect((await fetch(`${it_.dashboard}/v1/catalogue`)).status).toBe(401);
    });
    expect(came.map(({ what, who, from, outcome }) => [what, who, from, outcome])).toEqual(
      Array(2).fill(['credentials.refused', null, '127.0.0.1', 'UNAUTHENTICATED']),
    );
  });

  it('each change of access, by whom, before it is made', async () => {
    const env = { ...it_.env, TONGHOP_OPERATOR: 'Trần Thị B' };
    const request = { role: 'reporter', unit: '00004', days: 1, name: 'Ba Đình' } as const;
    const certificate = await (await anAuthority('a')).issue('b');
    let id = '';
    const came = await during(async () => {
      ({ id } = await issueKey(it_, env, request));
      await bindCertificate(it_, env, certificate.cert, request);
      const key = (await readKeys(it_, env)).get(id);
      if (key !== undefined) await endLater(it_, env, key, 0);
      await revokeKey(it_, env, id);
    });
    expect(came.map(({ what }) => what)).toEqual(['access.issued', 'access.bound', 'access.rotated', 'access.revoked']);
    for (const { who, unit, from, outcome, facts } of came) {
      expect(who).toMatchObject({ id: 'command Trần Thị B', name: 'Trần Thị B', kind: 'configuration' });
      expect([unit, from, outcome, facts?.user, facts?.host]).toEqual([
        '00004',
        null,
        'begun',
        userInfo().username,
        hostname(),
      ]);
    }
    expect(came[0].facts?.id).toBe(id);
    const unwritable = { ...it_, topics: { ...it_.topics, auditEntries: 'no topic' } };
    const keys = async () => (await readKeys(it_, env)).valid().length;
    const before = await keys();
    await expect(issueKey(unwritable, env, request)).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    expect(await keys()).toBe(before);
  });

  it('what a person repairs by a command', async () => {
    const place = ['--topic', it_.topics.control, '--partition', '0', '--offset', '0', '--reason', 'thử'];
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const came = await during(async () => {
      await rebuild(it_.env);
      expect(await skipCommand(place, it_.env)).toBe(0);
    });
    write.mockRestore();
    expect(came.map(({ what, who }) => [what, who?.kind])).toEqual([
      ['figures.rebuilt', 'configuration'],
      ['record.set-aside', 'configuration'],
    ]);
  });

  it('who opens what was refused, and who destroys what seals it', async () => {
    const headers = {
      authorization: `Bearer ${tokens.get('reporter')?.token}`,
      'content-type': 'application/cloudevents+json',
    };
    const body = JSON.stringify(anEvent({ data: { revision: 0 } }));
    expect((await fetch(`${it_.intake}/v1/events`, { method: 'POST', headers, body })).status).toBe(422);
    const { from, to } = await boundsOf(it_.kafka, it_.topics.rejectedEvents);
    const [[partition, at]] = [...from].filter(([each, low]) => low < (to.get(each) ?? low));
    const place = `${partition}/${at}`;
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    const env = { ...it_.env, SEALING_KEY: Buffer.alloc(32).toString('base64') };
    const came = await during(async () => {
      expect(await sealedCommand(['open', place], env)).toBe(0);
      expect(await sealedCommand(['destroy', '--before', '2025-01'], env)).toBe(0);
    });
    write.mockRestore();
    expect(came).toMatchObject([
      { what: 'refusal.opened', who: { kind: 'configuration' }, outcome: 'begun', facts: { place } },
      { what: 'sealing-keys.destroyed', outcome: 'begun', facts: { before: '2025-01', keys: '0' } },
    ]);
  });

  it('events of a unit that their sender does not report for, once for a sender and minute', async () => {
    const { token } = await issueKey(it_, it_.env, { role: 'reporter', unit: '00004', days: 1, name: 'Ba Đình' });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents+json' };
    const send = () => {
      const body = JSON.stringify(anEvent({ source: '/units/00008', data: { unit: '00008' } }));
      return fetch(`${it_.intake}/v1/events`, { method: 'POST', headers, body });
    };
    await eventually(
      () => send(),
      ({ status }) => status === 403,
    );
    for (let n = 0; n < 5; n += 1) expect((await send()).status).toBe(403);
    const came = (await entries()).filter(({ what }) => what === 'events.publish');
    expect(came).toMatchObject([
      { who: { name: 'Ba Đình', unit: '00004' }, unit: '00008', from: '127.0.0.1', outcome: 'FORBIDDEN' },
    ]);
  });

  it('for a province’s auditor what is about the province, and no sign of another', async () => {
    await ask('/v1/rollups?unit=02683&window=2026-03', 'analyst');
    const trail = async (as: string, query = '') => {
      const { status, body } = await ask(`/v1/audit${query}`, as);
      return { status, body, items: (JSON.parse(body) as { items?: AuditEntry[] }).items ?? [] };
    };
    const own = await eventually(
      () => trail('auditor 15', '?what=figures.read'),
      ({ items }) => items.length > 0,
    );
    expect(own.items.map(({ unit }) => unit)).toEqual(['02683']);
    const { items } = await trail('auditor 01', '?limit=1000');
    expect(items.length).toBeGreaterThan(10);
    expect(items.filter(({ unit }) => !['01', '00004', '00008'].includes(unit ?? ''))).toEqual([]);
    const told = await Promise.all(['15', '02683', '99999', 'VN'].map((unit) => trail('auditor 01', `?unit=${unit}`)));
    expect(new Set(told.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(told[0].status).toBe(403);
    const whoOfElsewhere = encodeURIComponent(tokens.get('auditor 15')?.id ?? '');
    const nobody = await trail('auditor 01', `?who=${whoOfElsewhere}&what=audit.read`);
    expect(nobody.body).toBe((await trail('auditor 01', '?who=nobody&what=audit.read')).body);
  });
});

describe('where an entry cannot be written', () => {
  let it_: TestInstallation;
  beforeAll(async () => {
    it_ = await startInstallation('dashboard');
    const admin = it_.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [it_.topics.auditEntries] });
    await admin.disconnect();
  });
  afterAll(() => it_.stop());

  it.each(requests)('$method $path is answered 503, without a figure', async ({ path, method = 'GET', may }) => {
    const token = it_.keys[may === 'signer' || may === 'reporter' ? 'analyst' : may];
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = method === 'POST' ? '{"window":"2026-Q1"}' : undefined;
    const answer = await fetch(it_.dashboard + path, { method, headers, body });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
  });

  it('wrong credentials are answered 503 too, and what is not audited as ever', async () => {
    const catalogue = (token: string) =>
      fetch(`${it_.dashboard}/v1/catalogue`, { headers: { authorization: `Bearer ${token}` } });
    expect((await catalogue('nonsense')).status).toBe(503);
    expect((await catalogue(it_.keys.analyst)).status).toBe(200);
  });
});
