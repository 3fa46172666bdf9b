/** Bodies that are made to cost: depth, length, what a pack unpacks to, and names that an object's prototype has. */
import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { gzipSync } from 'node:zlib';
import { anEvent } from '../../../test/kit/builders.js';
import { anIntake, type FakeIntake } from '../../../test/kit/intake.js';

const single = 'application/cloudevents+json';
const batch = 'application/cloudevents-batch+json';
const event = JSON.stringify(anEvent());
/** The event with something more within it, or within its data. */
const withMember = (member: string): string => `{${member},${event.slice(1)}`;
const inData = (member: string): string => event.replace('"data":{', `"data":{${member},`);
const arrays = '['.repeat(100_000) + ']'.repeat(100_000);
const objects = '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000);
/** A busy machine takes a second or two for the largest; what costs more than its length would take minutes. */
const LONGEST_MS = 15_000;

const hostile: readonly (readonly [what: string, body: string | Buffer])[] = [
  ['100,000 arrays, one in another', arrays],
  ['100,000 arrays that are not closed', '['.repeat(100_000)],
  ['50,000 objects, one in another', objects],
  ['arrays in an attribute', withMember(`"deep":${arrays}`)],
  ['arrays in the data', inData(`"deep":${arrays}`)],
  ['objects in the data', inData(`"deep":${objects}`)],
  ['a number of 100,000 digits', inData(`"numerator":${'9'.repeat(100_000)}`)],
  ['a number without measure', inData('"numerator":1e400')],
  ['a number of many zeros', inData(`"numerator":0.${'0'.repeat(100_000)}1`)],
  ['a text of a megabyte', inData(`"unit":"${'0'.repeat(1_048_576)}"`)],
  ['a name of a megabyte', inData(`"${'a'.repeat(1_048_576)}":1`)],
  ['200,000 names', inData(Array.from({ length: 200_000 }, (_, n) => `"a${n}":1`).join(','))],
  ['the same name 100,000 times', inData(Array(100_000).fill('"unit":"00004"').join(','))],
  ['escapes without end', inData(`"unit":"${'\\u0000'.repeat(200_000)}"`)],
  ['half a surrogate', inData('"unit":"\\ud800"')],
  ['a prototype', withMember('"__proto__":{"polluted":1}')],
  ['a prototype in the data', inData('"__proto__":{"polluted":1,"unit":"00008"}')],
  ['a constructor', withMember('"constructor":{"prototype":{"polluted":1}}')],
  ['a constructor in the data', inData('"constructor":{"prototype":{"polluted":1}}')],
  ['an escaped prototype', withMember('"\\u005f_proto__":{"polluted":1}')],
  ['operators', inData('"unit":{"$ne":null},"$where":"sleep(1000)"')],
  ['a million zeros', Buffer.alloc(1_048_576)],
];

describe('a hostile body', () => {
  let app: NestFastifyApplication;
  let usual: FakeIntake['usual'];
  let taken: FakeIntake['taken'];
  beforeAll(async () => {
    ({ app, usual, taken } = await anIntake());
  });
  afterAll(() => app.close());

  const post = async (payload: string | Buffer, headers: Record<string, string>) => {
    const began = performance.now();
    const answer = await app.inject({ method: 'POST', url: '/v1/events', headers: { ...usual, ...headers }, payload });
    expect(performance.now() - began).toBeLessThan(LONGEST_MS);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.keys(Object.prototype)).toEqual([]);
    return { status: answer.statusCode, said: JSON.parse(answer.body) as { received?: number; accepted?: number } };
  };

  it.each(hostile)('of one event, %s, is refused or is an event like another', async (_what, body) => {
    const { status, said } = await post(body, { 'content-type': single });
    expect([202, 400, 413, 422]).toContain(status);
    const accepted = taken('t.indicator-events.v1');
    expect(accepted).toHaveLength(said.accepted ?? 0);
    for (const { key, value } of accepted)
      expect([key, JSON.parse(String(value)).data.unit]).toEqual(['00004', '00004']);
  });

  it.each(hostile)('in a batch, %s, harms no other event', async (_what, body) => {
    const { status, said } = await post(
      Buffer.concat([Buffer.from(`[${event},`), Buffer.from(body), Buffer.from(']')]),
      {
        'content-type': batch,
      },
    );
    expect([202, 400, 413, 422]).toContain(status);
    expect(taken('t.indicator-events.v1').length).toBe(said.accepted ?? 0);
  });

  it.each(hostile)('in binary mode, %s as the data, is refused', async (_what, body) => {
    const { data: _, datacontenttype: _type, ...attributes } = anEvent();
    const headers = Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [`ce-${name}`, String(value)]),
    );
    const { status } = await post(body, { ...headers, 'content-type': 'application/json' });
    expect([400, 413, 422]).toContain(status);
    expect(taken('t.indicator-events.v1')).toEqual([]);
  });

  it.each(['ce-__proto__', 'ce-constructor', 'ce-prototype', 'ce-tostring', 'ce-$ne', 'ce-data', 'ce-'])(
    'with the header %s changes nothing',
    async (name) => {
      const { data, ...attributes } = anEvent();
      const headers = Object.fromEntries(
        Object.entries(attributes).map(([each, value]) => [`ce-${each}`, String(value)]),
      );
      const { status } = await post(JSON.stringify(data), {
        ...headers,
        [name]: 'polluted',
        'content-type': 'application/json',
      });
      expect([202, 422]).toContain(status);
      for (const { value } of taken('t.indicator-events.v1')) expect(JSON.parse(String(value))).toMatchObject({ data });
    },
  );

  it.each([
    ['zeros', Buffer.alloc(200 * 1_048_576)],
    ['arrays', Buffer.alloc(200 * 1_048_576, '[')],
  ])('that unpacks to 200 MiB of %s is unpacked no further than a body may be long', async (_what, unpacked) => {
    const packed = gzipSync(unpacked, { level: 9 });
    expect(packed.length).toBeLessThan(300_000);
    const { status } = await post(packed, { 'content-type': batch, 'content-encoding': 'gzip' });
    expect(status).toBe(413);
  });

  it('packed twice is not unpacked twice', async () => {
    const { status } = await post(gzipSync(gzipSync(event)), {
      'content-type': single,
      'content-encoding': 'gzip, gzip',
    });
    expect(status).toBe(415);
  });
});
