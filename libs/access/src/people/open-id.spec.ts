/** Answers of a provider that does not keep to the protocol, over HTTP; every ID token is made and signed here. */
import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type GenerateKeyPairResult, type JWTPayload } from 'jose';
import { pino } from 'pino';
import { OpenId } from './open-id.js';
import type { PeopleConfig } from './people.config.js';
import type { PendingSignIn } from './sessions.js';

const CLIENT = 'tonghop';
const person = { sub: '42', name: 'A', roles: ['analyst'], unit: '01' };

describe("a provider's answer", () => {
  let server: Server;
  let at: string;
  let keys: GenerateKeyPairResult;
  let said: { issuer?: string; end_session_endpoint?: string };
  let idToken: string;
  let openId: OpenId;

  beforeAll(async () => {
    keys = await generateKeyPair('ES256');
    server = createServer((request, response) => {
      const answer = (body: object) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      if (request.url === '/token') {
        answer({ access_token: 'x', token_type: 'Bearer', id_token: idToken });
      } else if (request.url === '/keys') {
        exportJWK(keys.publicKey).then(
          (key) => answer({ keys: [{ ...key, kid: 'one', alg: 'ES256', use: 'sig' }] }),
          () => response.writeHead(500).end(),
        );
      } else {
        const places = { authorization_endpoint: `${at}/auth`, token_endpoint: `${at}/token`, jwks_uri: `${at}/keys` };
        answer({ issuer: at, id_token_signing_alg_values_supported: ['ES256'], ...places, ...said });
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  });
  afterAll(() => server.close());
  const provider = (demanded: readonly string[] = []) =>
    new OpenId(
      {
        OIDC_ISSUER: at,
        OIDC_CLIENT_ID: CLIENT,
        OIDC_CLIENT_SECRET: 'secret',
        OIDC_ROLES_CLAIM: 'roles',
        OIDC_UNIT_CLAIM: 'unit',
        OIDC_REQUIRED_ACR: demanded,
        SESSION_HOURS: 10,
        SESSION_FRESH_MINUTES: 15,
      } as PeopleConfig,
      pino({ level: 'silent' }),
    );
  beforeEach(() => {
    said = {};
    openId = provider();
  });

  interface Made {
    readonly claims?: JWTPayload;
    readonly audience?: string;
    readonly issuer?: string;
    readonly expires?: string;
    readonly key?: GenerateKeyPairResult['privateKey'];
  }
  const made = ({ claims = {}, audience = CLIENT, issuer = at, expires = '5m', key = keys.privateKey }: Made) =>
    new SignJWT({ ...person, ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key);

  /** Who it is by an ID token that is right but for what is said. */
  const signedIn = async (wrong: (pending: PendingSignIn) => Made | Promise<Made>, again = false) => {
    const { pending } = await openId.begin(`${at}/callback`, '/', { again });
    const { claims, ...more } = await wrong(pending);
    idToken = await made({ claims: { nonce: pending.nonce, ...claims }, ...more });
    return openId.finish(`code=c&state=${pending.state}`, pending);
  };

  it('that keeps to it says who somebody is, by the issuer and its subject', async () => {
    expect(await signedIn(() => ({}))).toMatchObject({
      principal: { id: `${at} 42`, roles: ['analyst'], unit: '01' },
    });
  });

  it.each([
    ['for another client', () => ({ audience: 'another' })],
    ['of another issuer', () => ({ issuer: 'http://127.0.0.1:1' })],
    ['of another sign-in', () => ({ claims: { nonce: 'another' } })],
    ['without its nonce', () => ({ claims: { nonce: undefined } })],
    ['that is over', () => ({ expires: '-5m' })],
    ['signed by another key', async () => ({ key: (await generateKeyPair('ES256')).privateKey })],
  ] as [string, () => Made | Promise<Made>][])('with an ID token %s is refused', async (_what, wrong) => {
    expect(await signedIn(wrong)).toBe('REFUSED');
  });

  it.each([
    ['urn:agency:2fa', true],
    ['urn:agency:password', false],
    [undefined, false],
  ])('is taken only as strongly as is demanded: %j %s', async (acr, isTaken) => {
    openId = provider(['urn:agency:2fa', 'urn:agency:card']);
    const outcome = await signedIn(() => ({ claims: { acr } }));
    if (isTaken) expect(outcome).toMatchObject({ principal: { unit: '01' } });
    else expect(outcome).toBe('WEAK_SIGN_IN');
  });

  it('says when it saw the person; where that is asked anew it has to, and a short while ago', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    const answered = (auth_time: number | undefined, again: boolean) =>
      signedIn(() => ({ claims: { auth_time } }), again);
    expect(await answered(seconds - 5_000, false)).toMatchObject({ authenticatedAt: (seconds - 5_000) * 1_000 });
    expect(await answered(undefined, false)).not.toHaveProperty('authenticatedAt');
    expect(await answered(seconds, true)).toMatchObject({ authenticatedAt: seconds * 1_000 });
    expect(await answered(seconds - 5_000, true)).toBe('REFUSED');
    expect(await answered(undefined, true)).toBe('REFUSED');
  });

  it('says where one signs out of it, and where it does not, or does not answer, one has signed out here alone', async () => {
    const back = 'https://tonghop.example/';
    expect(await openId.signOutAt('token', back)).toBeUndefined();
    said = { end_session_endpoint: `${at}/end` };
    const asked = new URL((await provider().signOutAt('token', back)) ?? '');
    expect([asked.href.split('?')[0], Object.fromEntries(asked.searchParams)]).toEqual([
      `${at}/end`,
      { client_id: CLIENT, id_token_hint: 'token', post_logout_redirect_uri: back },
    ]);
    const long = await provider().signOutAt('x'.repeat(4_001), back);
    expect(new URL(long ?? '').searchParams.has('id_token_hint')).toBe(false);
    said = { issuer: 'http://127.0.0.1:1', end_session_endpoint: `${at}/end` };
    expect(await provider().signOutAt('token', back)).toBeUndefined();
  });

  it('is asked for nowhere where its description is of another issuer', async () => {
    said = { issuer: 'http://127.0.0.1:1' };
    await expect(openId.begin(`${at}/callback`, '/')).rejects.toMatchObject({ code: 'SIGN_IN_UNAVAILABLE' });
  });
});
