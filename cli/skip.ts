/**
 * `npm run skip -- --topic T --partition P --offset O --reason TEXT [--by NAME]`: sets one record aside; `--list` shows what was.
 *
 * For a record that a stage cannot get past by a fault of ours: the stage reads the list before it takes a failed batch again. An event
 * that is set aside stands in rejected-events (`SET_ASIDE`) with its bytes. Who, when and why are kept for ever.
 */
import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import { eventTopics } from '#contracts';
import { createProducer } from '#kafka';
import { SkippedRecords, type SetAside } from '#stream';
import { noteCommand } from './audited.js';
import { openKafka } from './installation.js';

const options = {
  topic: { type: 'string' },
  partition: { type: 'string' },
  offset: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  list: { type: 'boolean' },
} as const;

const usage = 'npm run skip -- --topic T --partition P --offset O --reason TEXT [--by NAME], or --list\n';

export const skipCommand = async (args: string[], env = process.env): Promise<number> => {
  const { values } = parseArgs({ args, options });
  const installation = await openKafka(env);
  const { kafka, topics } = installation;
  if (values.list === true) {
    const skipped = new SkippedRecords(kafka, topics.skippedRecords);
    await skipped.refresh();
    for (const { topic, partition, offset, by, at, reason } of skipped.all)
      process.stdout.write(`${topic}/${partition}@${offset}  ${at}  ${by}: ${reason}\n`);
    return 0;
  }
  const { topic, partition, offset, reason, by = userInfo().username } = values;
  const isPlace = /^\d+$/.test(partition ?? '') && /^\d+$/.test(offset ?? '');
  if (topic === undefined || offset === undefined || !isPlace || !reason?.trim()) {
    process.stderr.write(usage);
    return 2;
  }
  const place = { topic, partition: Number(partition), offset };
  const fault = await faultOf(installation, place);
  if (fault !== undefined) {
    process.stderr.write(`${fault}\n`);
    return 2;
  }
  const setAside: SetAside = { v: 1, ...place, reason: reason.trim(), by, at: new Date().toISOString() };
  const facts = { topic, partition: String(place.partition), offset, by };
  await noteCommand(installation, env, { what: 'record.set-aside', unit: null, facts });
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    const message = { key: `${topic}/${partition}/${offset}`, value: JSON.stringify(setAside) };
    await producer.send({ topic: topics.skippedRecords, messages: [message], acks: -1 });
  } finally {
    await producer.disconnect();
  }
  process.stdout.write(`Đã gạt bản ghi ${topic}/${partition}@${offset} / set aside\n`);
  return 0;
};

/** Why there is no such record; undefined where there may be. */
const faultOf = async (
  { kafka, topics }: Awaited<ReturnType<typeof openKafka>>,
  { topic, partition, offset }: { readonly topic: string; readonly partition: number; readonly offset: string },
): Promise<string | undefined> => {
  if (![...Object.values(topics), ...eventTopics(topics)].includes(topic))
    return `no topic of this installation: ${topic}`;
  const admin = kafka.admin();
  await admin.connect();
  try {
    const held = (await admin.fetchTopicOffsets(topic)).find((each) => each.partition === partition);
    if (held === undefined) return `${topic} has no partition ${partition}`;
    const isThere = BigInt(offset) >= BigInt(held.low) && BigInt(offset) < BigInt(held.high);
    return isThere ? undefined : `${topic}/${partition} holds the offsets ${held.low} to ${held.high}`;
  } finally {
    await admin.disconnect();
  }
};
