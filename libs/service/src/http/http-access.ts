/**
 * Who asks, and whether he may, found out before a body is read: who is turned away is listened to no longer than his headers.
 *
 * A route says by its configuration who may ask (`#access`, rules.ts); what has no rule there is no route of the API (the page's files, its
 * description), or one that the guard (`#access`) keeps closed.
 *
 * Who has used up what he may is refused here too (429), and every request is charged here. What is audited is noted here, when it has been read whole
 * and before it is answered: what cannot be audited is not answered. A route may read while its entry is on the way, and hold its answer.
 */
import type { TLSSocket } from 'node:tls';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  decide,
  forbidden,
  isAttempt,
  RULE,
  unauthenticated,
  type Asked,
  type AuditedRefusals,
  type AuditedRequests,
  type Authenticator,
  type Principal,
  type RateLimits,
  type Rule,
} from '#access';
import { awaitedLater, inBackground } from '#promises';
import { formatIn } from './table-format.js';

type Named = Readonly<Record<string, unknown>>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a route that holds its answer: resolves when its audit entry is with Kafka; undefined where it has none. */
    noted?: Promise<void>;
  }
}

export interface Audit {
  readonly refusals: AuditedRefusals;
  readonly requests: AuditedRequests;
}

/** Sets `principal` of every request of a Fastify server from now on; answers 401, 403 or 429 where the route's rule, or a limit, says so. */
export const authenticateRequests = (
  fastify: FastifyInstance,
  authenticator: Authenticator,
  limits: RateLimits,
  { refusals, requests }: Audit,
): void => {
  fastify.decorateRequest('principal', undefined);
  fastify.decorateRequest('noted', undefined);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const rule = ruleOf(request);
    if (rule === undefined) return done();
    const isLimited = 'open' in rule && rule.limited === true;
    const refusal = isLimited ? limits.refusalAt(request.ip) : undefined;
    if (refusal !== undefined) return done(refusal);
    const goOn = (principal: Principal | undefined): void => {
      request.principal = principal;
      const limited = principal && limits.refusal(principal);
      if (limited !== undefined) return done(limited);
      const { params, query } = request as { params: Named; query: Named };
      const decision = decide(rule, principal, { params, query });
      if (decision === 'go on') return done();
      if (principal === undefined || decision === 'unknown caller')
        return refuseUnknown(request, limits, refusals, done);
      const asked = { params, query, path: request.routeOptions.url };
      refuse(forbidden(), refusals.outOfScope(rule, asked, principal, request.ip), done);
    };
    handOn(authenticator.authenticate(credentialsOf(request)), goOn, done);
  });
  fastify.addHook('preHandler', (request, _reply, done) => {
    const { principal } = request;
    const rule = ruleOf(request);
    if (rule === undefined || principal === undefined) return done();
    const noted = awaitedLater(requests.allowed(rule, new AskedAs(request), principal, request.ip));
    if (noted === undefined) return done();
    if (!('isHeld' in rule)) return handOn(noted, () => done(), done);
    request.noted = noted;
    done();
  });
};

/** Made for each request: what is dear to find out is found out when it is asked for. */
class AskedAs implements Asked {
  constructor(private readonly request: FastifyRequest) {}

  get params(): Named {
    return this.request.params as Named;
  }

  get query(): Named {
    return this.request.query as Named;
  }

  /** Read for lists alone: no event's request is asked for it. */
  get form(): string | undefined {
    return formatIn(this.request.headers.accept);
  }
}

const ruleOf = ({ routeOptions }: FastifyRequest): Rule | undefined => (routeOptions.config as { [RULE]?: Rule })[RULE];

/** Who sends what is no credential too often is told to wait, and no longer noted one by one. */
const refuseUnknown = (
  request: FastifyRequest,
  limits: RateLimits,
  refusals: AuditedRefusals,
  done: (error: Error) => void,
): void => {
  const refused = refusedOf(request);
  const tooOften = isAttempt(refused) ? limits.refusalOfFailure(refused.from) : undefined;
  if (tooOften !== undefined) done(tooOften);
  else refuse(unauthenticated(), refusals.unknownCaller(refused), done);
};

/** Once it is noted, where it is; what cannot be noted is answered by that fault. */
const refuse = (fault: Error, noted: Promise<void> | undefined, done: (error: Error) => void): void =>
  handOn(noted, () => done(fault), done);

/** At once where it can be: a promise for each request with a key would cost a turn of the loop. */
const handOn = <T>(found: T | Promise<T>, goOn: (found: T) => void, failed: (error: Error) => void): void => {
  if (found instanceof Promise) inBackground(found.then(goOn), (error) => failed(error as Error));
  else goOn(found);
};

/** Who asks, on a route that answers nobody unknown. */
export const principalOf = ({ principal }: FastifyRequest): Principal => {
  if (principal === undefined) throw unauthenticated();
  return principal;
};

const credentialsOf = ({ headers, method, raw }: FastifyRequest) => ({
  headers,
  method,
  fingerprint: fingerprintOf(raw.socket as Partial<TLSSocket>),
});

const refusedOf = ({ ip, headers, raw }: FastifyRequest) => ({
  from: ip,
  authorization: headers.authorization,
  hasCertificate: (raw.socket as Partial<TLSSocket>).getPeerX509Certificate?.() !== undefined,
});

const fingerprints = new WeakMap<object, string>();

/** Of a client certificate that an authority of `TLS_CLIENT_CA_FILE` has signed; it is looked at once for a connection. */
const fingerprintOf = (socket: Partial<TLSSocket>): string | undefined => {
  if (socket.authorized !== true) return undefined;
  const known = fingerprints.get(socket);
  if (known !== undefined) return known;
  const found = socket.getPeerX509Certificate?.()?.fingerprint256.replaceAll(':', '').toLowerCase();
  if (found !== undefined) fingerprints.set(socket, found);
  return found;
};
