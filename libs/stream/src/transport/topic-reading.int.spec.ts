import pino from 'pino';
import { randomUUID } from 'node:crypto';
import { createKafka, createProducer, ensureTopics } from '#kafka';
import { SkippedRecords } from './skipped-records.js';
import { boundsOf, readTopic, type Bounds } from './topic-reading.js';

const brokers = process.env['KAFKA_BROKERS'];
if (brokers === undefined) throw new Error('KAFKA_BROKERS is not set');

const kafka = createKafka({ KAFKA_BROKERS: brokers.split(',') }, 'reading-test', pino({ level: 'silent' }));
const topic = `test-reading-${randomUUID()}`;
const listTopic = `${topic}.list`;
const producer = createProducer(kafka);

const send = (to: string, ...values: string[]) =>
  producer.send({ topic: to, messages: values.map((value) => ({ value, partition: 0 })) });
const transaction = async (how: 'commit' | 'abort', value: string) => {
  const transactional = kafka.producer({
    transactionalId: `${topic}.${value}`,
    maxInFlightRequests: 1,
    idempotent: true,
  });
  await transactional.connect();
  const begun = await transactional.transaction();
  await begun.send({ topic, messages: [{ value, partition: 0 }] });
  await begun[how]();
  await transactional.disconnect();
};
const valuesWithin = async (bounds: Bounds, withinMs = 30_000): Promise<string[]> => {
  const values: string[] = [];
  await readTopic(kafka, topic, bounds, (_, { value }) => values.push(String(value)), { withinMs });
  return values;
};

beforeAll(async () => {
  const config = {};
  const topics = [
    { topic, partitions: 2, config },
    { topic: listTopic, partitions: 1, config },
  ];
  await ensureTopics(kafka, topics, 1);
  await producer.connect();
});
afterAll(async () => {
  await producer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [topic, listTopic] });
  await admin.disconnect();
});

describe('a topic that is read to its end', () => {
  it('that is empty is done at once', async () =>
    expect(await valuesWithin(await boundsOf(kafka, topic), 1_000)).toEqual([]));

  it('ends behind markers that nobody is handed', async () => {
    await send(topic, '1', '2');
    await transaction('commit', '3');
    await transaction('abort', '4');
    expect(await valuesWithin(await boundsOf(kafka, topic))).toEqual(['1', '2', '3']);
  });

  it('is read no further than was asked, and from there on the next time', async () => {
    const { to: first } = await boundsOf(kafka, topic);
    await send(topic, '5', '6');
    const { from, to: second } = await boundsOf(kafka, topic);
    await send(topic, '7');
    expect(await valuesWithin({ from, to: first })).toEqual(['1', '2', '3']);
    expect(await valuesWithin({ from: first, to: second })).toEqual(['5', '6']);
  });

  it('is not waited for longer than somebody wants to', async () => {
    const { from, to } = await boundsOf(kafka, topic);
    const beyond = new Map([...to].map(([partition, end]) => [partition, end + 5n]));
    await expect(valuesWithin({ from, to: beyond }, 2_000)).rejects.toThrow('was not read in time');
  });
});

describe('the list of records that were set aside', () => {
  const entry = (offset: string, v = 1) =>
    JSON.stringify({ v, topic: 't', partition: 0, offset, reason: 'r', by: 'b', at: '' });

  it('is read on from where it was read to, and what is none of ours is passed over', async () => {
    const skipped = new SkippedRecords(kafka, listTopic);
    await skipped.refresh();
    expect(skipped.all).toEqual([]);
    await send(listTopic, entry('1'), 'garbage', 'null', entry('2', 2));
    await skipped.refresh();
    expect(skipped.all.map(({ offset }) => offset)).toEqual(['1']);
    await send(listTopic, entry('3'));
    await skipped.refresh();
    await skipped.refresh();
    expect(skipped.all.map(({ offset }) => offset)).toEqual(['1', '3']);
  });
});
