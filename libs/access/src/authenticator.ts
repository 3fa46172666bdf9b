/**
 * Who a request comes from, by its headers: an API key, a token of the provider, a session, a client certificate, or the token of whoever scrapes.
 *
 * Each way is asked in turn until one knows the caller. What is sent as a credential and is none does not fall back to another one.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { timingSafeEqual } from 'node:crypto';
import { COUNTRY } from '#domain';
import type { AccessConfig } from './access.config.js';
import type { KeyBook } from './keys/key-book.js';
import type { Principal } from './principal.js';

export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** Of a client certificate that the service's own authority has signed: SHA-256, in hex. */
  readonly fingerprint?: string;
}

/** Who it is, undefined for nobody known; at once where nobody has to be asked: a promise for each request is dear. */
export type Found = Principal | undefined | Promise<Principal | undefined>;

/** A way of knowing people: by a session or a provider's token. */
export interface PersonAuthenticator {
  authenticate(credentials: Credentials): Found;
}

const bearer = /^Bearer +([^\s,]+)$/i;
const apiKey = /^th_/;

export class Authenticator {
  /** Asked after keys. */
  private people?: PersonAuthenticator;

  constructor(
    private readonly book: KeyBook,
    private readonly config: Pick<AccessConfig, 'METRICS_TOKEN'>,
    private readonly now: () => number,
    private readonly onUsed: (id: string, now: number) => void = () => undefined,
  ) {}

  knowsPeopleBy(people: PersonAuthenticator): void {
    this.people = people;
  }

  authenticate(credentials: Credentials): Found {
    const { authorization } = credentials.headers;
    const token = authorization === undefined ? undefined : bearer.exec(authorization)?.[1];
    if (authorization !== undefined && token === undefined) return undefined;
    if (token !== undefined && this.isMetricsToken(token)) return scraper;
    if (token !== undefined && apiKey.test(token)) return this.used(this.book.byToken(token, this.now()));
    if (token === undefined && credentials.fingerprint !== undefined) {
      const known = this.used(this.book.byCertificate(credentials.fingerprint, this.now()));
      if (known !== undefined) return known;
    }
    return this.people?.authenticate(credentials);
  }

  /** Of a key or a certificate. */
  private used(known: Principal | undefined): Principal | undefined {
    if (known !== undefined) this.onUsed(known.id, this.now());
    return known;
  }

  private isMetricsToken(token: string): boolean {
    const wanted = this.config.METRICS_TOKEN;
    if (wanted === undefined || wanted.length !== token.length) return false;
    return timingSafeEqual(Buffer.from(token), Buffer.from(wanted));
  }
}

/** Its role reaches no figure. */
const scraper: Principal = {
  id: 'metrics-token',
  name: 'METRICS_TOKEN',
  kind: 'configuration',
  roles: ['operator'],
  unit: COUNTRY,
};
