/** Tokens of a provider that serves its keys over HTTP, as providers do; every token is made and signed here. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type GenerateKeyPairResult, type JWTPayload } from 'jose';
import { TokenAuthenticator } from './token-authenticator.js';

const AUDIENCE = 'tonghop';
const good = { sub: '42', name: 'A', roles: ['analyst'], unit: '01' };

describe('an access token', () => {
  let server: Server;
  let issuer: string;
  let keys: GenerateKeyPairResult;
  let served: object[];
  let isAway = false;
  let tokens: TokenAuthenticator;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    server = createServer((request, response) => {
      if (isAway) return response.writeHead(503).end();
      const isKeys = request.url === '/keys';
      const body = isKeys ? { keys: served } : { issuer, jwks_uri: `${issuer}/keys` };
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    served = [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }];
  });
  afterAll(() => server.close());
  beforeEach(() => {
    isAway = false;
    tokens = new TokenAuthenticator({
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_ROLES_CLAIM: 'roles',
      OIDC_UNIT_CLAIM: 'unit',
      OIDC_REQUIRED_ACR: [],
    });
  });

  const token = (
    claims: JWTPayload = {},
    { audience = AUDIENCE, iss = issuer, expires = '5m', key = keys.privateKey, kid = 'one' } = {},
  ): Promise<string> =>
    new SignJWT({ ...good, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(iss)
      .setAudience(audience)
      .setExpirationTime(expires)
      .sign(key);
  const asked = (authorization: string) => tokens.authenticate({ headers: { authorization } });

  it('says who it is, with roles and a unit', async () => {
    expect(await asked(`Bearer ${await token()}`)).toEqual({
      id: `${issuer} 42`,
      name: 'A',
      kind: 'person',
      roles: ['analyst'],
      unit: '01',
    });
  });

  it.each([
    ['for somebody else', () => token({}, { audience: 'another' })],
    ['of another issuer', () => token({}, { iss: 'http://127.0.0.1:1' })],
    ['that is over', () => token({}, { expires: '-2m' })],
    ['that is not yet to be used', () => token({ nbf: Math.floor(Date.now() / 1000) + 600 })],
    ['of a unit that is none', () => token({ unit: '99' })],
    ['of nobody', () => token({ sub: undefined })],
    ['signed by another key', async () => token({}, { key: (await generateKeyPair('ES256')).privateKey })],
    ['of a key that the provider does not have', () => token({}, { kid: 'none' })],
    [
      'without an end',
      () =>
        new SignJWT(good)
          .setProtectedHeader({ alg: 'ES256' })
          .setIssuer(issuer)
          .setAudience(AUDIENCE)
          .sign(keys.privateKey),
    ],
    [
      'signed with what everybody knows',
      async () =>
        new SignJWT(good)
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .setIssuer(issuer)
          .setAudience(AUDIENCE)
          .setExpirationTime('5m')
          .sign(new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey)))),
    ],
    [
      'that is not signed',
      () =>
        Promise.resolve(
          `${new UnsecuredJWT(good).setIssuer(issuer).setAudience(AUDIENCE).setExpirationTime('5m').encode()}x`,
        ),
    ],
    [
      'with another text than was signed',
      async () => (await token()).replace(/\.[^.]+\./, `.${btoa('{"unit":"VN"}')}.`),
    ],
  ])('%s is nobody’s', async (_, made) => {
    expect(await asked(`Bearer ${await made()}`)).toBeUndefined();
  });

  it.each(['Bearer th_abc', 'Basic YTpi', 'Bearer', ''])('is not what another credential is: %j', async (header) => {
    expect(await asked(header)).toBeUndefined();
  });

  it('is refused with a fault that passes while the provider is away, and taken when it is back', async () => {
    isAway = true;
    const made = `Bearer ${await token()}`;
    await expect(asked(made)).rejects.toMatchObject({ code: 'SIGN_IN_UNAVAILABLE', retryable: true });
    isAway = false;
    expect(await asked(made)).toMatchObject({ unit: '01' });
  });

  it.each([
    ['urn:agency:2fa', true],
    ['urn:agency:card', true],
    ['urn:agency:password', false],
    ['urn:agency:2fa urn:agency:card', false],
    [['urn:agency:2fa'], false],
    [undefined, false],
  ])('counts only where it was got as strongly as is demanded: %j %s', async (acr, isTaken) => {
    const demanding = new TokenAuthenticator({
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: AUDIENCE,
      OIDC_ROLES_CLAIM: 'roles',
      OIDC_UNIT_CLAIM: 'unit',
      OIDC_REQUIRED_ACR: ['urn:agency:2fa', 'urn:agency:card'],
    });
    const authorization = `Bearer ${await token({ acr })}`;
    expect((await demanding.authenticate({ headers: { authorization } }))?.unit).toBe(isTaken ? '01' : undefined);
    expect((await tokens.authenticate({ headers: { authorization } }))?.unit).toBe('01');
  });

  it('is nobody’s where no provider is configured', async () => {
    const none = new TokenAuthenticator({ OIDC_ROLES_CLAIM: 'roles', OIDC_UNIT_CLAIM: 'unit', OIDC_REQUIRED_ACR: [] });
    expect(await none.authenticate({ headers: { authorization: `Bearer ${await token()}` } })).toBeUndefined();
  });
});
