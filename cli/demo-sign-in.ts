/**
 * How the services let people in: at the OpenID provider that is configured, or in a demonstration (`ACCESS=demo`) at one of its own, which is one more
 * service (apps/demo-sign-in).
 */
import { freePort } from './free-port.js';

type Env = Readonly<Record<string, string | undefined>>;

const USUAL_PORT = 8082;
const HOST = '127.0.0.1';

/** Whether people have nowhere to sign in, and are not meant to go without. */
export const lacksSignIn = ({ ACCESS, OIDC_ISSUER }: Env): boolean => ACCESS !== 'demo' && !OIDC_ISSUER;

/** Whether the demonstration provider is needed: never beside another one, never outside a demonstration. */
export const needsDemoSignIn = ({ ACCESS, OIDC_ISSUER }: Env): boolean => ACCESS === 'demo' && !OIDC_ISSUER;

/** The environment of services that have the demonstration provider beside them. */
export const withDemoSignIn = async (env: Env): Promise<Env> => {
  const port = Number(env.DEMO_OIDC_PORT) || (await freePort(USUAL_PORT));
  return { ...env, DEMO_OIDC_PORT: String(port), OIDC_ISSUER: `http://${HOST}:${port}` };
};
