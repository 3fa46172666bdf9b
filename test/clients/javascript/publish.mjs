/**
 * Publishes what stands on standard input, one assignment a line, with the CloudEvents SDK for JavaScript.
 *
 * An assignment is {"client","over","codec","mode","key","event"}; all of the same first four make a group. Prints a line of
 * JSON for each group: how many events were acknowledged, or what went wrong.
 */
import { createInterface } from 'node:readline';
import { CloudEvent, emitterFor, httpTransport, Kafka as KafkaBinding, Mode } from 'cloudevents';
import { Kafka, logLevel } from 'kafkajs';

const { KAFKA_BROKERS, EVENTS_TOPIC, INTAKE_URL, API_KEY } = process.env;

/** Bytes go out as `data_base64` in structured mode. */
const dataOf = (mode, data) => (mode === 'base64' ? Buffer.from(JSON.stringify(data)) : data);

const eventOf = (mode, { id, source, type, time, data }, more = {}) =>
  new CloudEvent({ id, source, type, time, data: dataOf(mode, data), ...more });

/** The emitter is in binary mode unless it is told otherwise. Its answer has no status, so the body says how it went. */
const overHttp = async (mode, assignments) => {
  const transport = httpTransport(`${INTAKE_URL}/v1/events`);
  const emit = mode === 'binary' ? emitterFor(transport) : emitterFor(transport, { mode: Mode.STRUCTURED });
  let accepted = 0;
  for (const { event } of assignments) {
    const { body } = await emit(eventOf(mode, event), { headers: { authorization: `Bearer ${API_KEY}` } });
    if (JSON.parse(body).accepted !== 1) throw new Error(`${mode}: ${body}`);
    accepted += 1;
  }
  return accepted;
};

/** The binding leaves to the caller what kafkajs does not take: data that is an object, headers of attributes that are not set. */
const messageOf = ({ key, value, headers, timestamp }) => ({
  key,
  value: typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value),
  headers: Object.fromEntries(Object.entries(headers).filter(([, header]) => header !== undefined)),
  timestamp,
});

const overKafka = async (mode, assignments) => {
  const producer = new Kafka({ brokers: KAFKA_BROKERS.split(','), logLevel: logLevel.ERROR }).producer();
  const bind = mode === 'binary' ? KafkaBinding.binary : KafkaBinding.structured;
  await producer.connect();
  try {
    const messages = assignments.map(({ key, event }) => messageOf(bind(eventOf(mode, event, { partitionkey: key }))));
    await producer.send({ topic: EVENTS_TOPIC, messages });
    return messages.length;
  } finally {
    await producer.disconnect();
  }
};

const groups = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const { client, over, codec, mode, key, event } = JSON.parse(line);
  const group = JSON.stringify({ client, over, codec, mode });
  groups.set(group, [...(groups.get(group) ?? []), { key, event }]);
}
/** The other groups go on after a fault; the test fails by the report. */
const reportOf = async (group, assignments) => {
  try {
    return { ...group, acknowledged: await (group.over === 'http' ? overHttp : overKafka)(group.mode, assignments) };
  } catch (fault) {
    return { ...group, fault: String(fault) };
  }
};

for (const [group, assignments] of groups) {
  process.stdout.write(`${JSON.stringify(await reportOf(JSON.parse(group), assignments))}\n`);
}
