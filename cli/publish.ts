/**
 * `npm run publish -- FILE.ndjson [--http URL]`: publishes a file of events, one CloudEvent a line, with progress.
 *
 * A line is published as its bytes are, under the unit that it names; also one that will be refused, so that the pipeline says
 * why. Over HTTP the refusals are summed up from the answers; straight to Kafka they are checked here as well.
 */
import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { apparentUnit } from '#contracts';
import { checkEvent, isRefusal } from '#domain';
import { byTopic, chunked, createProducer } from '#platform';
import { openKafka } from './installation.js';
import { vi } from './say.js';

interface Line {
  readonly key: string | null;
  readonly value: Buffer;
}
type Send = (lines: readonly Line[]) => Promise<void>;

const BATCH = 1_000;
/** Batches under way at once: enough to keep the broker busy, few enough to need little memory. */
const AT_ONCE = 4;

export const publishCommand = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({ args, options: { http: { type: 'string' } }, allowPositionals: true });
  if (positionals.length !== 1) {
    process.stderr.write('npm run publish -- FILE.ndjson [--http http://127.0.0.1:8081]\n');
    return 2;
  }
  const refusals = new Map<string, number>();
  const send = values.http === undefined ? await kafkaSender(refusals) : httpSender(values.http, refusals);
  const startedAt = Date.now();
  let sent = 0;
  let shownAt = 0;
  const underWay = new Set<Promise<void>>();
  for await (const batch of batches(positionals[0])) {
    const sending = send.lines(batch).finally(() => underWay.delete(sending));
    underWay.add(sending);
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
    sent += batch.length;
    if (Date.now() - shownAt < 500) continue;
    shownAt = Date.now();
    process.stderr.write(`\r${vi(sent)} sự kiện, ${vi(Math.round((sent / (Date.now() - startedAt)) * 1000))}/giây   `);
  }
  await Promise.all(underWay);
  await send.close();
  const seconds = (Date.now() - startedAt) / 1000;
  process.stderr.write('\r');
  process.stdout.write(
    `Đã gửi ${vi(sent)} sự kiện trong ${vi(seconds)} giây (${vi(Math.round(sent / seconds))}/giây)\n`,
  );
  const refused = [...refusals.values()].reduce((total, count) => total + count, 0);
  process.stdout.write(`Bị từ chối / refused: ${vi(refused)}\n`);
  for (const [code, count] of [...refusals].sort((a, b) => b[1] - a[1]))
    process.stdout.write(`  ${code} ${vi(count)}\n`);
  return 0;
};

async function* batches(file: string): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  for await (const value of lines(file)) {
    batch.push({ key: apparentUnit(textOf(value), undefined) ?? null, value });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const textOf = (value: Buffer): string | undefined => (isUtf8(value) ? value.toString() : undefined);

const NEW_LINE = 10;

/** The lines of a file as bytes, without their ends; empty ones are left out. */
async function* lines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(NEW_LINE); end >= 0; end = rest.indexOf(NEW_LINE, from)) {
      if (end > from) yield rest.subarray(from, end);
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield rest;
}

const count = (refusals: Map<string, number>, code: string) => refusals.set(code, (refusals.get(code) ?? 0) + 1);

interface Sender {
  readonly lines: Send;
  close(): Promise<void>;
}

const kafkaSender = async (refusals: Map<string, number>): Promise<Sender> => {
  const { kafka, topics } = await openKafka(process.env);
  const producer = createProducer(kafka);
  await producer.connect();
  return {
    lines: async (lines) => {
      for (const chunk of chunked(lines.map((line) => ({ topic: topics.indicatorEvents, ...line })))) {
        await producer.sendBatch({ topicMessages: byTopic(chunk), acks: -1 });
      }
      for (const { key, value } of lines) {
        const outcome = checkEvent({
          bytes: value.length,
          text: textOf(value),
          key: key ?? undefined,
          receivedAt: Date.now(),
        });
        if (isRefusal(outcome)) count(refusals, outcome.code);
      }
    },
    close: () => producer.disconnect(),
  };
};

const httpSender = (url: string, refusals: Map<string, number>): Sender => ({
  lines: async (lines) => {
    const answer = await post(
      new URL('/v1/events', url),
      Buffer.concat([open, ...lines.flatMap(({ value }, n) => (n === 0 ? [value] : [comma, value])), close]),
    );
    for (const { code } of answer.rejected) count(refusals, code);
  },
  close: () => Promise.resolve(),
});

const [open, comma, close] = ['[', ',', ']'].map((text) => Buffer.from(text));

/** Sends a batch until it is taken: an intake that has too much to do, or no Kafka, says when to come again. */
const post = async (url: URL, body: Buffer): Promise<{ rejected: { code: string }[] }> => {
  for (;;) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents-batch+json' },
      body: new Uint8Array(body),
    });
    if (response.status === 202 || response.status === 422)
      return (await response.json()) as { rejected: { code: string }[] };
    if (response.status !== 429 && response.status !== 503) {
      throw new Error(`the intake answered ${response.status}: ${await response.text()}`);
    }
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('retry-after') ?? 1) * 1000));
  }
};
