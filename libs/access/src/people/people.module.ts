/** What a service that people sign in to has: their sessions, sign-in at the provider, and who asks. */
import { Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { CLOCK, CONFIG, LOGGER, ServiceLife, type Clock, type Logger, type TlsConfig } from '#service';
import { Authenticator } from '../authenticator.js';
import { OpenStreams } from '../open-streams.js';
import { isDemonstration, TokenAuthenticator } from '../tokens/index.js';
import { OpenId } from './open-id.js';
import type { PeopleConfig } from './people.config.js';
import { OwnSessions } from './own-sessions.js';
import { PersonAuthenticator } from './person-authenticator.js';
import { Sessions, type SessionsConfig } from './sessions.js';
import { SignIn, SignInWatch } from './sign-in.js';

/** Whether cookies go over plain http: in the demonstration alone. */
const isPlain = (config: PeopleConfig & TlsConfig): boolean =>
  isDemonstration(config) && config.TLS_CERT_FILE === undefined && !config.PUBLIC_URL?.startsWith('https:');

const providers = [
  SignInWatch,
  {
    provide: Sessions,
    useFactory: (config: SessionsConfig, logger: Logger, now: Clock) => new Sessions(config, logger, now),
    inject: [CONFIG, LOGGER, CLOCK],
  },
  {
    provide: TokenAuthenticator,
    useFactory: (config: PeopleConfig) => new TokenAuthenticator(config),
    inject: [CONFIG],
  },
  {
    provide: PersonAuthenticator,
    useFactory: (sessions: Sessions, tokens: TokenAuthenticator, config: PeopleConfig) =>
      new PersonAuthenticator(sessions, tokens, isPlain(config)),
    inject: [Sessions, TokenAuthenticator, CONFIG],
  },
  {
    provide: SignIn,
    useFactory: (sessions: Sessions, watch: SignInWatch, config: PeopleConfig, logger: Logger) =>
      new SignIn(new OpenId(config, logger), sessions, watch, isPlain(config)),
    inject: [Sessions, SignInWatch, CONFIG, LOGGER],
  },
  {
    provide: OwnSessions,
    useFactory: (sessions: Sessions, watch: SignInWatch, config: PeopleConfig, now: Clock) => {
      const freshMs = config.SESSION_FRESH_MINUTES * 60_000;
      return new OwnSessions(sessions, watch, { isPlain: isPlain(config), freshMs }, now);
    },
    inject: [Sessions, SignInWatch, CONFIG, CLOCK],
  },
];

@Global()
@Module({ providers, exports: providers })
export class PeopleModule implements OnApplicationShutdown {
  constructor(
    authenticator: Authenticator,
    people: PersonAuthenticator,
    streams: OpenStreams,
    private readonly sessions: Sessions,
    private readonly life: ServiceLife,
  ) {
    authenticator.knowsPeopleBy(people);
    // Whoever has another session opens his streams again at once.
    sessions.onEnded((principal) => streams.end(principal));
  }

  onApplicationShutdown(): Promise<void> {
    return this.life.closing(() => this.sessions.close());
  }
}
