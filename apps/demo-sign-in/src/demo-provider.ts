/**
 * An OpenID provider with the demonstration's users: the real protocol, by oidc-provider, and nobody is asked for a password.
 *
 * Everything is kept in memory, its keys too: whoever holds a token of a process that has ended signs in again. Answers go to this machine alone, whatever
 * the port.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import Provider, { interactionPolicy, type Account, type Configuration } from 'oidc-provider';
import { DEMO_TWO_FACTORS, demoClient, demoUsers, type DemoUser } from '#access/demonstration';
import { signOut } from './sign-out.js';

const HOUR = 3_600;
const CALLBACK = '/sign-in/callback';
const algorithm = 'ES256';

const newKey = () => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  use: 'sig',
  alg: algorithm,
});

const claimsOf = ({ name, roles, unit }: DemoUser) => ({ name, roles: [...roles], unit });

const userOf = (id: string | undefined): DemoUser | undefined => demoUsers.find((user) => user.id === id);

const accountOf = (id: string): Account | undefined => {
  const user = userOf(id);
  return user && { accountId: id, claims: () => ({ sub: id, ...claimsOf(user) }) };
};

/** Whether an answer may go there: to a page of the dashboard on this machine. */
export const isOnThisMachine = (uri: string, page = CALLBACK): boolean => {
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, pathname } = new URL(uri);
  return /^https?:$/.test(protocol) && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && pathname === page;
};

const { Check, base } = interactionPolicy;

/** One is asked who one is every time, so that one can be somebody else by one click, whoever one was before; but where it is said that nobody is to be asked. */
const asksAlways = () => {
  const policy = base();
  const isAnswered = new Check('every_time', 'the user is chosen every time', ({ oidc }) =>
    oidc.result?.login === undefined && !oidc.prompts.has('none') ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT,
  );
  policy.get('login')?.checks.add(isAnswered);
  return policy;
};

const configuration = (): Configuration => ({
  clients: [
    {
      client_id: demoClient.id,
      client_secret: demoClient.secret,
      redirect_uris: [`http://127.0.0.1:8080${CALLBACK}`],
      grant_types: ['authorization_code'],
      response_types: ['code'],
      id_token_signed_response_alg: algorithm,
    },
  ],
  jwks: { keys: [newKey()] },
  cookies: { keys: [randomBytes(32).toString('hex')] },
  claims: { openid: ['sub'], profile: ['name', 'roles', 'unit'] },
  conformIdTokenClaims: false,
  acrValues: [DEMO_TWO_FACTORS],
  findAccount: (_context, id) => accountOf(id),
  pkce: { required: () => true },
  interactions: { policy: asksAlways(), url: (_context, { uid }) => `/interaction/${uid}` },
  // Everything that it is asked for is granted: nobody is kept from anything here.
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId });
    grant.addOIDCScope('openid profile');
    await grant.save();
    return grant;
  },
  extraTokenClaims: ({ oidc }, token) => {
    const user = 'accountId' in token ? userOf(token.accountId) : undefined;
    const { acr } = oidc.entities.AuthorizationCode ?? {};
    return user && { ...claimsOf(user), ...(acr === undefined ? {} : { acr }) };
  },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true, logoutSource: signOut },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => demoClient.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: '',
        audience: demoClient.audience,
        accessTokenFormat: 'jwt',
        accessTokenTTL: HOUR,
        jwt: { sign: { alg: algorithm } },
      }),
    },
  },
  ttl: { AccessToken: HOUR, AuthorizationCode: 60, Grant: HOUR, IdToken: HOUR, Interaction: HOUR, Session: HOUR },
});

export const demoProvider = (issuer: string): Provider => {
  const provider = new Provider(issuer, configuration());
  // The dashboard may be at any port: tests have free ones.
  provider.Client.prototype.redirectUriAllowed = (uri) => isOnThisMachine(uri);
  provider.Client.prototype.postLogoutRedirectUriAllowed = (uri) => isOnThisMachine(uri, '/');
  return provider;
};
