/**
 * Publishes the demonstration year, shows how far the country has come, and keeps a plain recomputation of what was published.
 *
 * It is put into the event topic as a copy of a topic is put back (kafka/receipts.ts): with the receipts that it had. Received today, every
 * month of the year would be late.
 *
 * Publishing again is harmless: the same year says the same, and repeats change no figure.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ANY_KEY, checkEvent, isRefusal, monthAt, monthIndex, Recomputation } from '#domain';
import { createProducer, withOwnReceipts } from '#kafka';
import { awaitedLater } from '#promises';
import { demoYear, demoYearSize, type DemoOptions, type PublishedEvent } from './demo-year.js';
import type { Installation } from './installation.js';

const SEED = 2026;
const BATCH = 2_000;
const AT_ONCE = 4;

export const demoOptions = (now: number): DemoOptions => ({
  seed: SEED,
  firstMonth: monthIndex('2026-01') as number,
  lastMonth: monthAt(now),
  now,
  hasYearBefore: true,
});

/** The year grows a little as the current month goes on; a topic that holds nearly all of it has had it published. */
const NEARLY = 0.95;

/** Whether the event topic holds about as many events as the demonstration year has. */
export const isDemoPublished = async ({ kafka, topics }: Installation, options: DemoOptions): Promise<boolean> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets(topics.indicatorEvents);
    return ends.reduce((total, { high }) => total + Number(high), 0) >= NEARLY * demoYearSize(options);
  } finally {
    await admin.disconnect();
  }
};

/**
 * Publishes the year straight to Kafka.
 *
 * @param perSecond events a second at most; 0: as fast as it goes
 * @returns the recomputation of all events that pass the checks
 */
export const publishDemo = (
  installation: Installation,
  options: DemoOptions,
  perSecond: number,
  onSent: (sent: number) => void,
): Promise<Recomputation> =>
  withOwnReceipts(installation.kafka, installation.topics.indicatorEvents, () =>
    publishYear(installation, options, perSecond, onSent),
  );

const publishYear = async (
  { kafka, topics }: Installation,
  options: DemoOptions,
  perSecond: number,
  onSent: (sent: number) => void,
): Promise<Recomputation> => {
  const reference = new Recomputation();
  const producer = createProducer(kafka);
  await producer.connect();
  const startedAt = Date.now();
  let sent = 0;
  const underWay = new Set<Promise<unknown>>();
  for (const batch of batchesOf(demoYear(options))) {
    const messages = batch.map(({ key, value, receivedAt }) => ({ key, value, timestamp: String(receivedAt) }));
    const sending = awaitedLater(
      producer.send({ topic: topics.indicatorEvents, messages, acks: -1 }).finally(() => underWay.delete(sending)),
    );
    underWay.add(sending);
    for (const event of batch) recompute(reference, event);
    sent += batch.length;
    onSent(sent);
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
    const early = perSecond === 0 ? 0 : (sent / perSecond) * 1000 - (Date.now() - startedAt);
    if (early > 0) await sleep(early);
  }
  await Promise.all(underWay);
  await producer.disconnect();
  return reference;
};

function* batchesOf(events: Iterable<PublishedEvent>): Generator<PublishedEvent[]> {
  let batch: PublishedEvent[] = [];
  for (const event of events) {
    if (batch.push(event) < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

const recompute = (reference: Recomputation, { key, value, receivedAt }: PublishedEvent): void => {
  const outcome = checkEvent({
    bytes: Buffer.byteLength(value),
    text: value,
    key: key ?? ANY_KEY,
    receivedAt,
  });
  if (!isRefusal(outcome)) reference.take(outcome);
};
