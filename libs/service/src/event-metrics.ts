/**
 * What becomes of events and records on their way, counted: refusals by code, sends to Kafka, records that an operator has set aside.
 *
 * The codes are a closed list, so no label carries anything that a sender wrote.
 */
import type { Producer } from '#kafka';
import { refusalCodes, type Refusal } from '#domain';
import type { SkippedRecords } from '#stream';
import type { ServiceMetrics } from './metrics.js';

/** Told of refusals that are durable. */
export type OnRefused = (refusals: readonly Refusal[]) => void;

/** @param origin how the events came in: over HTTP, or from the event topic */
export const countRefusals = (metrics: ServiceMetrics, origin: 'http' | 'kafka'): OnRefused => {
  const refused = metrics.counter(
    'tonghop_refused_events_total',
    'Events that were refused, by why and how they came',
    ['code', 'origin'],
  );
  for (const code of refusalCodes) refused.inc({ code, origin }, 0);
  return (refusals) => {
    for (const { code } of refusals) refused.inc({ code, origin });
  };
};

type Sends = Pick<Producer, 'sendBatch'>;

/** The same producer, its requests measured. */
export const measuredSends = (producer: Sends, metrics: ServiceMetrics): Sends => {
  const seconds = metrics.seconds(
    'messaging_client_operation_duration_seconds',
    'How long a request to Kafka took until every replica had its records',
    ['messaging_operation_name'],
  );
  const sent = metrics.counter('messaging_client_sent_messages_total', 'Records that every replica has', [
    'messaging_destination_name',
  ]);
  const sizes = metrics.sizes('tonghop_send_records', 'Records in a request to Kafka');
  const failures = metrics.counter('tonghop_send_failures_total', 'Requests to Kafka that failed after every attempt');
  return {
    sendBatch: async (batch) => {
      const startedAt = performance.now();
      const byTopic = batch.topicMessages ?? [];
      sizes.observe(byTopic.reduce((sum, { messages }) => sum + messages.length, 0));
      try {
        const answer = await producer.sendBatch(batch);
        for (const { topic, messages } of byTopic) sent.inc({ messaging_destination_name: topic }, messages.length);
        return answer;
      } catch (error) {
        failures.inc();
        throw error;
      } finally {
        seconds.observe({ messaging_operation_name: 'send' }, (performance.now() - startedAt) / 1_000);
      }
    },
  };
};

/** How many records an operator has set aside, and how often one was passed over. */
export const countSkipped = (skipped: SkippedRecords, metrics: ServiceMetrics): void => {
  const listed = metrics.gauge('tonghop_set_aside_records', 'Records that an operator has set aside, ever');
  const passed = metrics.counter('tonghop_skipped_records_total', 'Records passed over because they were set aside', [
    'topic',
  ]);
  metrics.atScrape(() => {
    listed.set(skipped.all.length);
    passed.reset();
    for (const [topic, count] of skipped.passedOver) passed.inc({ topic }, count);
    return Promise.resolve();
  });
};
