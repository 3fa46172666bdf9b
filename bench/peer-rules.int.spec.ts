/** The Kafka Streams peers refuse what the pipeline refuses, by the same code: who checks less would have less to do. */
import { spawnSync } from 'node:child_process';
import { checkEvent, isRefusal } from '#domain';
import { anEvent, aRetraction, type EventFields } from '../test/kit/builders.js';
import { buildKafkaStreams, javaCommand } from './kafka-streams-jvm.js';

const RECEIVED = Date.UTC(2026, 2, 14, 10, 0, 0, 250);
const ahead = (ms: number, decimals = '') => new Date(RECEIVED + ms).toISOString().replace('Z', `${decimals}Z`);

/** By what is expected of it. */
const events: readonly (readonly [expected: string, event: Record<string, unknown>])[] = [
  ...['x'.repeat(256), 'ẵ'.repeat(85)].map((id) => ['taken', anEvent({ id })] as const),
  ...['x'.repeat(257), 'ẵ'.repeat(86)].map((id) => ['NOT_CLOUDEVENT', anEvent({ id })] as const),
  ['NOT_CLOUDEVENT', anEvent({ source: `/units/${'0'.repeat(250)}` })],
  ['SOURCE_MISMATCH', anEvent({ source: `/units/${'0'.repeat(249)}` })],
  ['NOT_CLOUDEVENT', anEvent({ time: `2026-03-14T09:30:00.${'0'.repeat(20)}+00:00` })],
  ['taken', anEvent({ time: '2026-03-14T09:30:00.000000000+00:00' })],
  ['taken', anEvent({ time: ahead(300_000) })],
  ['FUTURE_TIME', anEvent({ time: ahead(300_000, '000001') })],
  ['FUTURE_TIME', anEvent({ time: ahead(301_000) })],
  ['FUTURE_TIME', anEvent({ time: '9999-12-31T23:59:59Z' })],
  ['FUTURE_TIME', aRetraction({}, { time: '9999-12-31T23:59:59Z' })],
  ['FUTURE_TIME', anEvent({ time: '9999-12-31T23:59:59Z', data: { numerator: 31 } })],
  ['FUTURE_PERIOD', anEvent({ time: '9999-12-31T23:59:59Z', data: { period: '2026-04' } })],
  ['taken', aRetraction()],
  ...(
    [
      ['NUMERATOR_EXCEEDS_DENOMINATOR', { data: { numerator: 31 } }],
      ['UNKNOWN_TYPE', { type: 'another' }],
      ['UNKNOWN_INDICATOR', { data: { indicator: 'zz' } }],
      ['INVALID_PERIOD', { data: { period: '2031-01' } }],
    ] as [string, EventFields][]
  ).map(([code, fields]) => [code, anEvent(fields)] as const),
];

it('the Kafka Streams peers judge events as the pipeline does', async () => {
  const classPath = await buildKafkaStreams(process.cwd(), () => undefined);
  const texts = events.map(([, event]) => JSON.stringify(event));
  const input = texts.map((text) => `00004\t${RECEIVED}\t${Buffer.from(text).toString('base64')}\n`).join('');
  const judge = ['-cp', classPath, 'vn.duan5.tonghop.peer.Judge', 'libs/domain/src/data'];
  const { stdout, stderr } = spawnSync(javaCommand(), judge, { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  const ours = texts.map((text) => {
    const outcome = checkEvent({ bytes: Buffer.byteLength(text), text, key: '00004', receivedAt: RECEIVED });
    return isRefusal(outcome) ? outcome.code : 'taken';
  });
  expect(ours).toEqual(events.map(([expected]) => expected));
  expect(stdout.trimEnd().split('\n')).toEqual(ours);
}, 240_000);
