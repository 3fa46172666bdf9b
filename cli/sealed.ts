/**
 * `npm run sealed -- open PARTITION/OFFSET…`: the bytes and headers of refused events, for whoever has the sealing key. `list`: the data keys that are
 * kept. `destroy --before 2026-05`: destroys those of earlier months; nothing opens what they sealed any more.
 */
import { parseArgs } from 'node:util';
import { decodeRejected, type RejectedEvent, type SealedContent } from '#contracts';
import { createProducer, RecordSender } from '#kafka';
import { destroyBefore, keptKeys } from '#service';
import { readTopic, type Offsets } from '#stream';
import { noteCommand } from './audited.js';
import { openKafka, type Installation } from './installation.js';
import { RefusedContents, sealingKeyIn } from './refused-contents.js';

const usage = 'npm run sealed -- open PARTITION/OFFSET…, list, or destroy --before YYYY-MM\n';

export const sealedCommand = async (args: string[], env = process.env): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: { before: { type: 'string' } }, allowPositionals: true });
  const [what, ...places] = positionals;
  const { before } = values;
  if (what === 'list') return list(await openKafka(env));
  if (what === 'destroy' && /^\d{4}-\d{2}$/.test(before ?? ''))
    return destroy(await openKafka(env), env, before as string);
  if (what === 'open' && places.length > 0 && places.every((place) => /^\d+\/\d+$/.test(place))) {
    const sealingKey = sealingKeyIn(env);
    if (sealingKey !== undefined) return open(await openKafka(env), env, sealingKey, places);
    process.stderr.write('SEALING_KEY, or SEALING_KEY_FILE, is not set\n');
    return 2;
  }
  process.stderr.write(usage);
  return 2;
};

const list = async ({ kafka, topics }: Installation): Promise<number> => {
  for (const id of (await keptKeys(kafka, topics.sealingKeys)).keys()) process.stdout.write(`${id}\n`);
  return 0;
};

const destroy = async (installation: Installation, env: NodeJS.ProcessEnv, before: string): Promise<number> => {
  const { kafka, topics } = installation;
  const records = destroyBefore(topics.sealingKeys, (await keptKeys(kafka, topics.sealingKeys)).keys(), before);
  const facts = { before, keys: String(records.length) };
  await noteCommand(installation, env, { what: 'sealing-keys.destroyed', unit: null, facts });
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    if (records.length > 0) await new RecordSender(producer).send(records);
  } finally {
    await producer.disconnect();
  }
  process.stdout.write(`Đã hủy ${records.length} khóa / keys destroyed\n`);
  return 0;
};

/** 1 where one of them cannot be opened. */
const open = async (
  installation: Installation,
  env: NodeJS.ProcessEnv,
  sealingKey: Buffer,
  places: readonly string[],
): Promise<number> => {
  const contents = await RefusedContents.of(installation, sealingKey);
  let failed = 0;
  for (const place of places) {
    await noteCommand(installation, env, { what: 'refusal.opened', unit: null, facts: { place } });
    const rejected = await rejectedAt(installation, place);
    const content = rejected && contents.contentOf(rejected);
    if (content === undefined) failed += 1;
    process.stdout.write(
      `${JSON.stringify(content === undefined ? { place, unreadable: true } : shown(place, content))}\n`,
    );
  }
  return failed > 0 ? 1 : 0;
};

const rejectedAt = async ({ kafka, topics }: Installation, place: string): Promise<RejectedEvent | undefined> => {
  const [partition, offset] = place.split('/');
  const bounds = (at: bigint): Offsets => new Map([[Number(partition), at]]);
  const reach = { from: bounds(BigInt(offset)), to: bounds(BigInt(offset) + 1n) };
  let found: RejectedEvent | undefined;
  await readTopic(kafka, topics.rejectedEvents, reach, (_, { value }) => (found = decodeRejected(String(value))), {
    withinMs: READ_MS,
  });
  return found;
};
const READ_MS = 20_000;

const shown = (place: string, { raw, headers = [] }: SealedContent) => ({
  place,
  text: Buffer.from(raw, 'base64').toString(),
  headers: headers.map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]),
});
