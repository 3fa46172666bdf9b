/**
 * Named requests that always go first: what has hurt this kind of service elsewhere, or once here. A fault that is found gets its place in this list.
 */
import { gzipSync } from 'node:zlib';
import { anEvent } from '../kit/builders.js';
import type { RequestCase } from './request-case.js';

const event = JSON.stringify(anEvent());
const single = { 'content-type': 'application/cloudevents+json' };
const batch = { 'content-type': 'application/cloudevents-batch+json' };

type Sent = readonly [body: string | Buffer, headers?: Readonly<Record<string, string>>, events?: number];

const bodies: Readonly<Record<string, Sent>> = {
  'an empty body': ['', single, 1],
  'an empty batch': ['[]', batch, 0],
  'a batch of batches': [`[[${event}],[${event}]]`, batch, 2],
  'an array that never ends': ['['.repeat(100_000), batch],
  'objects as deep as a stack': ['{"a":'.repeat(30_000), single, 1],
  'a batch of 1,001': [`[${Array(1_001).fill('0').join(',')}]`, batch],
  'an own __proto__': [event.replace('"data":', '"__proto__":{"polluted":1},"data":'), single, 1],
  'an operator for a unit': [event.replace('"00004"', '{"$ne":null}'), single, 1],
  'a lone surrogate for an id': [event.replace('event-1', '\\ud800'), single, 1],
  'a NUL in an id': [event.replace('event-1', '\\u0000'), single, 1],
  'two byte order marks': [`\ufeff\ufeff${event}`, single, 1],
  'the same name twice': [event.replace('"data":', '"data":null,"data":'), single, 1],
  'a revision that no double holds': [event.replace('"revision":1', '"revision":9007199254740993'), single, 1],
  'a number beyond numbers': [event.replace('"numerator":12', '"numerator":1e999'), single, 1],
  'an instant beyond the calendar': [event.replace('2026-03-14', '2026-02-30'), single, 1],
  'bytes that are no text': [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), single, 1],
  'gzip that is cut off': [gzipSync(event).subarray(0, 40), { ...single, 'content-encoding': 'gzip' }],
  'gzip in gzip': [gzipSync(gzipSync(event)), { ...single, 'content-encoding': 'gzip' }, 1],
  'a bomb': [gzipSync(Buffer.alloc(70 * 1_048_576)), { ...single, 'content-encoding': 'gzip' }],
  'percent signs in a header': [event, { 'content-type': 'application/json', 'ce-id': '%', 'ce-source': '%ff' }, 1],
};

const paths: Readonly<Record<string, string>> = {
  'an operator for a unit, in the query': '/v1/rollups?unit[$ne]=x&window=2026-Q1',
  'a parameter without a name': '/v1/rollups?=01&window=2026-Q1',
  'a prototype for a parameter': '/v1/rollups?__proto__=x&unit=VN&window=2026-Q1',
  'no text at all in the path': '/v1/units/%ff/children?window=2026-03&indicator=b',
  'a NUL in the path': '/v1/units/%00/children',
  'a summary from elsewhere': '/v1/summaries/..%2f..%2fetc%2fpasswd.json',
  'a summary by the name of a prototype': '/v1/summaries/__proto__',
  'a cursor that is none': '/v1/audit?cursor=%F0%9F%92%A5',
  'a limit beyond numbers': '/v1/rejections?limit=99999999999999999999',
  'somebody elses page to come back to': '/sign-in?to=//evil.example&as=%00',
  'a sign-in that nobody began': '/sign-in/callback?state=__proto__&code=%00',
};

/** @param authorization by service */
export const corpus = (authorization: Readonly<Record<RequestCase['service'], string>>): RequestCase[] => [
  ...Object.entries(bodies).map(([name, [body, headers = {}, events]]): RequestCase => ({
    name: `corpus:${name}`,
    service: 'intake',
    method: 'POST',
    path: '/v1/events',
    headers: { authorization: authorization.intake, ...headers },
    body: Buffer.from(body),
    ...(events === undefined ? {} : { events }),
  })),
  ...Object.entries(paths).map(([name, path]): RequestCase => ({
    name: `corpus:${name}`,
    service: 'dashboard',
    method: 'GET',
    path,
    headers: { authorization: authorization.dashboard },
  })),
];
