/** TLS that ends in the service: client certificates bound to units, over real sockets; and what is refused before a request is heard. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { bindCertificate, issueKey, readKeys, readKeyUses, revokeKey } from '../../cli/access-keys.js';
import { anAuthority, type Authority, type Issued } from '../kit/authority.js';
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

const bound = { role: 'reporter', unit: '00004', days: 365, name: 'Ba Đình' } as const;

describe('TLS that ends in the service', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const file = (name: string) => join(folder, name);
  let it_: TestInstallation;
  let authority: Authority;
  let reporter: Issued;
  let port: number;

  const serve = ({ cert, key }: Issued): void => {
    writeFileSync(file('key.pem'), key);
    writeFileSync(file('cert.pem'), cert);
  };

  beforeAll(async () => {
    authority = await anAuthority('authority');
    reporter = await authority.issue('Ba Dinh');
    serve(await authority.issue('first'));
    writeFileSync(file('ca.pem'), authority.ca);
    const env = {
      TLS_CERT_FILE: file('cert.pem'),
      TLS_KEY_FILE: file('key.pem'),
      TLS_CLIENT_CA_FILE: file('ca.pem'),
    };
    it_ = await startInstallation('intake,check', { env });
    port = Number(new URL(it_.intake).port);
  });
  afterAll(async () => {
    await it_.stop();
    rmSync(folder, { recursive: true });
  });

  const post = (
    unit: string,
    { as, token, agent }: { as?: Issued; token?: string; agent?: Agent } = {},
  ): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/cloudevents+json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      };
      const at = { host: '127.0.0.1', port, path: '/v1/events', method: 'POST', headers, ca: authority.ca };
      const asked = request({ ...at, ...as, agent: agent ?? false }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
      });
      asked.on('error', reject).end(JSON.stringify(anEvent({ data: { unit } })));
    });

  it('lets a bound certificate publish for its unit and no other, until it is revoked, within a second', async () => {
    const id = await bindCertificate(it_, it_.env, reporter.cert, bound);
    await eventually(
      () => post('00004', { as: reporter }),
      (status) => status === 202,
    );
    expect(await post('00008', { as: reporter })).toBe(403);
    const uses = await eventually(
      () => readKeyUses(it_),
      (found) => found.has(id),
    );
    expect(Date.now() - Date.parse(uses.get(id) ?? '')).toBeLessThan(60_000);
    // A connection that stays open is no longer let in either.
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await post('00004', { as: reporter, agent })).toBe(202);
    await revokeKey(it_, it_.env, id);
    const revokedAt = performance.now();
    const refused = await eventually(
      () => post('00004', { as: reporter, agent }),
      (status) => status === 401,
      2_000,
    );
    expect([refused, performance.now() - revokedAt < 1_000]).toEqual([401, true]);
    agent.destroy();
  });

  it('knows nobody by a certificate of another authority, one that has run out, or one that is not bound', async () => {
    const stranger = await (await anAuthority('authority')).issue('Ba Dinh');
    const over = await authority.issue('over', -1);
    const unbound = await authority.issue('nobody');
    const before = await bindCertificate(it_, it_.env, stranger.cert, bound);
    const late = await bindCertificate(it_, it_.env, over.cert, bound);
    const bell = await authority.issue('bell');
    await bindCertificate(it_, it_.env, bell.cert, bound);
    await eventually(
      () => post('00004', { as: bell }),
      (status) => status === 202,
    );
    for (const as of [stranger, over, unbound, undefined]) expect(await post('00004', { as })).toBe(401);
    const book = await readKeys(it_, it_.env);
    expect(Date.parse(book.get(before)?.expiresAt ?? '') - Date.now()).toBeLessThan(31 * 86_400_000);
    expect(Date.parse(book.get(late)?.expiresAt ?? '')).toBeLessThan(Date.now());
  });

  it('still lets keys in, without a certificate and with one that is nobody’s', async () => {
    const { token } = await issueKey(it_, it_.env, bound);
    await eventually(
      () => post('00004', { token }),
      (status) => status === 202,
    );
    const stranger = await (await anAuthority('elsewhere')).issue('x');
    expect(await post('00004', { as: stranger, token })).toBe(202);
  });

  it('hears nobody by plain http, nor by a TLS older than 1.2', async () => {
    const plain = new Promise((resolve) => {
      plainRequest({ host: '127.0.0.1', port, path: '/healthz' }, ({ statusCode }) => resolve(statusCode))
        .on('error', ({ code }: { code?: string }) => resolve(code))
        .end();
    });
    expect(await plain).toMatch(/^(ECONNRESET|EPIPE|HPE_)/);
    const old = new Promise((resolve) => {
      const versions = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
      connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...versions }, () => resolve('let in')).on(
        'error',
        ({ code }: { code?: string }) => resolve(code),
      );
    });
    expect(await old).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
  });

  it('answers the probes of services without an interface by https too', () =>
    expect(it_.log('rollup-check')).toMatch(/"url":"https:\/\/127\.0\.0\.1:\d+","msg":"probes"/));

  const named = (): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, ca: authority.ca }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.destroy();
      }).on('error', reject);
    });

  it('takes a new certificate over without a restart, and keeps the one before where it cannot be used', async () => {
    expect(await named()).toBe('first');
    writeFileSync(file('cert.pem'), 'nonsense');
    await eventually(
      () => Promise.resolve(it_.log('intake')),
      (log) => log.includes('the TLS certificate cannot be read anew'),
    );
    expect(await named()).toBe('first');
    serve(await authority.issue('second'));
    expect(await eventually(named, (name) => name === 'second')).toBe('second');
  });
});
