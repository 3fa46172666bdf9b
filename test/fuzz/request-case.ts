/**
 * Requests to every route of both services, well formed as HTTP and hostile in all that it carries.
 *
 * The routes are those of the controllers: a new one is tried without a word here. A case follows from the seed and its number alone, so
 * that it can be sent again.
 */
import { gzipSync } from 'node:zlib';
import { controllers as ofDashboard } from '../../apps/dashboard/src/api.js';
import { controllers as ofIntake } from '../../apps/intake/src/api.js';
import { routesOf } from '../kit/routes.js';
import { seeded } from '../kit/seeded-workload.js';
import { below, hostileTexts, pick, randomSeed, varied, withChangedBytes, type Pool, type Random } from './grammar.js';

export interface RequestCase {
  readonly name: string;
  readonly service: 'intake' | 'dashboard';
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** How many events it carries, where that is known. */
  readonly events?: number;
}

/** Values of `Authorization`; undefined for none. */
export type Credentials = Readonly<Record<string, string | undefined>>;

interface Route {
  readonly service: 'intake' | 'dashboard';
  readonly method: string;
  readonly path: string;
}

export const routes: readonly Route[] = [
  ...routesOf(ofIntake).map((route) => ({ ...route, service: 'intake' as const })),
  ...routesOf(ofDashboard).map((route) => ({ ...route, service: 'dashboard' as const })),
  { service: 'intake', method: 'GET', path: '/docs-json' },
  { service: 'dashboard', method: 'GET', path: '/index.html' },
  { service: 'dashboard', method: 'GET', path: '/nowhere' },
];

const EVENTS = '/v1/events';
const EVENTS_SHARE = 0.7;
const OTHER_METHOD_SHARE = 0.1;
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'];
const names = [
  'unit',
  'window',
  'indicator',
  'limit',
  'cursor',
  'children',
  'parent',
  'level',
  'what',
  'who',
  'to',
  'as',
];
const hostileNames = [
  '__proto__',
  'constructor',
  'unit[$ne]',
  'unit[]',
  '',
  'a.b',
  '%',
  'lastEventId',
  'state',
  'code',
];
const values = [
  'VN',
  '01',
  '15',
  '00004',
  '99',
  '2026-03',
  '2026-Q1',
  '2026',
  '2031',
  'b',
  'e',
  'true',
  '1',
  '100',
  '/',
];
const types = [
  'application/json',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  ';;;',
  'application/cloudevents+json; charset="utf-8"; x=y',
];
const extraHeaders: readonly (readonly [string, string])[] = [
  ['if-none-match', '*, W/"x", "'],
  ['last-event-id', '\u00ff:-1:1e9'],
  ['x-forwarded-for', '::1, 10.0.0.1, <script>'],
  ['x-forwarded-host', 'evil.example'],
  ['range', 'bytes=0-0,5-2,-1'],
  ['cookie', '__Host-session=x; a=b; =; ;;'],
  ['origin', 'https://evil.example'],
  ['accept', '*/*;q=-1'],
  ['accept-encoding', 'gzip, br;q=0, *'],
  ['content-encoding', 'gzip'],
  ['content-encoding', 'br'],
  ['traceparent', '00-00000000000000000000000000000000-0000000000000000-01'],
  ['webhook-request-origin', 'x'.repeat(2_000)],
  ['ce-specversion', '1.0'],
  ['ce-id', '%E2%28'],
  ['x-http-method-override', 'DELETE'],
  ['sec-fetch-site', 'cross-site'],
  ['__proto__', 'x'],
];

const encoded = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

const value = (random: Random): string => {
  const chance = random();
  if (chance < 0.6) return encodeURIComponent(pick(random, values));
  return chance < 0.95 ? encoded(pick(random, hostileTexts)) : pick(random, ['%', '%zz', '%ff', '%c0%80']);
};

const queryOf = (random: Random): string => {
  const parts = Array.from({ length: below(random, 4) }, () => {
    const name = random() < 0.85 ? pick(random, names) : encodeURIComponent(pick(random, hostileNames));
    return random() < 0.05 ? name : `${name}=${value(random)}`;
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

export class RequestCases {
  constructor(
    private readonly seed: number,
    private readonly pool: Pool,
    private readonly credentials: Credentials,
  ) {}

  /** The case of a number, always the same for the same seed. */
  of(n: number): RequestCase {
    const random = seeded(randomSeed(this.seed, n));
    return random() < EVENTS_SHARE ? this.events(n, random) : this.any(n, random);
  }

  private any(n: number, random: Random): RequestCase {
    const { service, method: own, path: pattern } = pick(random, routes);
    const method = random() < OTHER_METHOD_SHARE ? pick(random, methods) : own;
    const path = `${pattern.replace(/:\w+/g, () => value(random))}${queryOf(random)}`;
    const headers: Record<string, string> = this.authorization(random, 0.3);
    while (random() < 0.3) {
      const [name, held] = pick(random, extraHeaders);
      headers[name] = held;
    }
    const hasBody = method !== 'GET' && method !== 'HEAD' && method !== 'TRACE' && random() < 0.7;
    if (!hasBody) return { name: `request:${n}`, service, method, path, headers };
    headers['content-type'] = pick(random, types);
    const body = random() < 0.2 ? Buffer.from('{"window":"2026-Q1"}') : varied(this.pool, random, 0.2);
    return { name: `request:${n}`, service, method, path, headers, body };
  }

  private events(n: number, random: Random): RequestCase {
    const headers = this.authorization(random, 0.9);
    const { body, events, ...more } = this.eventBody(random);
    Object.assign(headers, more.headers);
    const packed = packing(body, random);
    if (packed !== undefined) headers['content-encoding'] = 'gzip';
    const isWhole = packed === undefined || packed.isWhole;
    return {
      name: `request:${n}`,
      service: 'intake',
      method: 'POST',
      path: EVENTS,
      headers,
      body: packed?.bytes ?? body,
      ...(isWhole && events !== undefined ? { events } : {}),
    };
  }

  private eventBody(random: Random): { body: Buffer; headers: Record<string, string>; events?: number } {
    const chance = random();
    const one = varied(this.pool, random, 0.55);
    if (chance < 0.6) return { body: one, headers: { 'content-type': types[1] }, events: 1 };
    if (chance < 0.85) {
      const batch = [one, ...Array.from({ length: below(random, 4) }, () => varied(this.pool, random, 0.6))];
      const text = Buffer.concat(batch.flatMap((each, at) => [Buffer.from(at === 0 ? '[' : ','), each]));
      const body = Buffer.concat([text, Buffer.from(']')]);
      const isBroken = random() < 0.15;
      return { body: isBroken ? withChangedBytes(body, random) : body, headers: { 'content-type': types[2] } };
    }
    if (chance < 0.95) return binaryOf(pick(random, this.pool.valid), random);
    return { body: one, headers: { 'content-type': pick(random, types) } };
  }

  private authorization(random: Random, reporterShare: number): Record<string, string> {
    const name = random() < reporterShare ? 'reporter' : pick(random, Object.keys(this.credentials));
    const held = this.credentials[name];
    return held === undefined ? {} : { authorization: held };
  }
}

/** An event as headers and data, some of them hostile. */
const binaryOf = (text: string, random: Random): { body: Buffer; headers: Record<string, string> } => {
  const { data, datacontenttype: _type, ...attributes } = JSON.parse(text) as Record<string, string>;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, held] of Object.entries(attributes)) headers[`ce-${name}`] = encodeURI(held);
  if (random() < 0.4)
    headers[`ce-${pick(random, ['id', 'time', 'data', 'x-y', 'data_base64', 'type'])}`] = value(random);
  const body = Buffer.from(JSON.stringify(data));
  return { body: random() < 0.3 ? withChangedBytes(body, random) : body, headers };
};

const packing = (body: Buffer, random: Random): { bytes: Buffer; isWhole: boolean } | undefined => {
  if (random() > 0.08) return undefined;
  const bytes = gzipSync(body);
  const way = random();
  if (way < 0.5) return { bytes, isWhole: true };
  const cut = below(random, bytes.length);
  return { bytes: way < 0.75 ? bytes.subarray(0, cut) : withChangedBytes(bytes, random), isWhole: false };
};
