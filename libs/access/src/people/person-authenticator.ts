/** A person by what a request brings: the session's cookie, or an access token of the provider. */
import type { Credentials, Found } from '../authenticator.js';
import { jwtIn, type TokenAuthenticator } from '../tokens/index.js';
import { cookieIn } from './cookies.js';
import { isSameOrigin } from './same-origin.js';
import type { Session } from './session.js';
import type { Sessions } from './sessions.js';

/** What the page says where nobody has touched it for a while: such a request does not keep a session. */
const BACKGROUND = 'x-background';

export class PersonAuthenticator {
  constructor(
    private readonly sessions: Sessions,
    private readonly tokens: TokenAuthenticator,
    private readonly isPlain: boolean,
  ) {}

  /**
   * Who asks; undefined for nobody, and for a session or token that has ended or is none.
   *
   * A token goes first: a program that brings one means it, whatever cookies it carries. The cookie does not count where another site's page
   * would change something by it. Rejects with `SessionsUnavailable` or
   * `ProviderUnavailable`.
   */
  authenticate({ headers, method }: Credentials): Found {
    if (jwtIn(headers) !== undefined) return this.tokens.authenticate({ headers });
    if (headers.authorization !== undefined || !isSameOrigin(method, headers)) return undefined;
    const id = cookieIn(headers, 'tonghop', this.isPlain);
    return id === undefined ? undefined : holderOf(this.sessions.use(id, headers[BACKGROUND] !== undefined));
  }
}

const holderOf = (used: Session | undefined | Promise<Session | undefined>): Found =>
  used instanceof Promise ? used.then((session) => session?.principal) : used?.principal;
