/** Publishes lines straight to Kafka: each as its bytes are, under the unit that it names; what will be refused too, so that the pipeline says why. */
import { isUtf8 } from 'node:buffer';
import { apparentUnit } from '#contracts';
import { checkEvent, isRefusal } from '#domain';
import { byTopic, chunked, createProducer } from '#kafka';
import { openKafka } from './installation.js';
import type { LineSender, WholeLine } from './line-sender.js';

const textOf = (bytes: Buffer): string | undefined => (isUtf8(bytes) ? bytes.toString() : undefined);

const keyed = ({ number, bytes }: WholeLine) => {
  const text = textOf(bytes);
  return { number, text, key: apparentUnit(text, undefined) ?? null, value: bytes };
};

export const kafkaSender = async (env: Record<string, string | undefined>): Promise<LineSender> => {
  const { kafka, topics } = await openKafka(env);
  const producer = createProducer(kafka);
  await producer.connect();
  return {
    send: async (lines) => {
      const events = lines.map(keyed);
      for (const chunk of chunked(events.map(({ key, value }) => ({ topic: topics.indicatorEvents, key, value })))) {
        await producer.sendBatch({ topicMessages: byTopic(chunk), acks: -1 });
      }
      const receivedAt = Date.now();
      return events.flatMap(({ number, text, key, value }) => {
        const outcome = checkEvent({ bytes: value.length, text, key: key ?? undefined, receivedAt });
        return isRefusal(outcome) ? [{ line: number, code: outcome.code, detail: outcome.detail }] : [];
      });
    },
    close: () => producer.disconnect(),
  };
};
