/** A person's own access token publishes to the intake: signed by the provider, for this service, not over; any other is nobody's. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { anEvent } from '../kit/builders.js';
import { startInstallation, type TestInstallation } from '../kit/installation.js';

const AUDIENCE = 'https://tonghop.test/api';
const alg = 'ES256';

describe('an access token at the intake', () => {
  let it_: TestInstallation;
  let provider: Server;
  let issuer: string;
  let own: CryptoKey;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    own = privateKey;
    const keys = [{ ...(await exportJWK(publicKey)), kid: 'own', alg, use: 'sig' }];
    provider = createServer(({ url }, response) => {
      const answer = url === '/jwks' ? { keys } : { issuer, jwks_uri: `${issuer}/jwks` };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const env = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: AUDIENCE };
    it_ = await startInstallation('intake', { env });
  });
  afterAll(async () => {
    await it_.stop();
    provider.close();
  });

  const claims = (more: object = {}) => ({
    iss: issuer,
    sub: 'nguyen-van-a',
    aud: AUDIENCE,
    exp: Math.floor(Date.now() / 1_000) + 300,
    roles: ['reporter'],
    unit: '00004',
    ...more,
  });
  const signed = (more: object = {}, by: CryptoKey = own) =>
    new SignJWT(claims(more)).setProtectedHeader({ alg, kid: 'own' }).sign(by);
  const post = async (token: string, unit = '00004'): Promise<number> => {
    const headers = { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${token}` };
    const body = JSON.stringify(anEvent({ data: { unit } }));
    return (await fetch(`${it_.intake}/v1/events`, { method: 'POST', headers, body })).status;
  };

  it('lets a commune’s reporter publish for the commune, and for no other', async () => {
    const token = await signed();
    expect([await post(token), await post(token, '00008'), await post(token, '02683')]).toEqual([202, 403, 403]);
    expect(await post(await signed({ roles: ['analyst'] }))).toBe(403);
  });

  it.each<[string, () => Promise<string> | string]>([
    ['for another audience', () => signed({ aud: 'https://elsewhere.test' })],
    ['for nobody said', () => signed({ aud: undefined })],
    ['that is over', () => signed({ exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['without an end', () => signed({ exp: undefined })],
    ['of another issuer', () => signed({ iss: 'http://127.0.0.1:1' })],
    ['signed by another key', async () => signed({}, (await generateKeyPair(alg)).privateKey)],
    ['that nobody has signed', () => new UnsecuredJWT(claims()).encode()],
    ['of a unit that there is not', () => signed({ unit: '99999' })],
  ])('is nobody’s %s', async (_, token) => expect(await post(await token())).toBe(401));
});
