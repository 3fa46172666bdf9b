import { setTimeout as sleep } from 'node:timers/promises';
import { RecordSender } from '#kafka';
import { EventPublisher } from './event-publisher.js';
import { intakeSchema } from './intake.config.js';

const config = (more: Record<string, string> = {}) =>
  intakeSchema.parse({ ACCESS: 'demo', KAFKA_BROKERS: 'k:1', INTAKE_KAFKA_TIMEOUT_MS: '100', ...more });
const producerThat = (sendBatch: () => Promise<unknown>) => new RecordSender({ sendBatch: sendBatch as never });
const record = { topic: 't', key: 'k', value: 'v' };

describe('publishing', () => {
  it('is done when Kafka has acknowledged', async () => {
    let acknowledged = false;
    const producer = producerThat(async () => {
      await sleep(20);
      acknowledged = true;
    });
    await new EventPublisher(producer, config()).publish([record]);
    expect(acknowledged).toBe(true);
  });

  it('fails in time when Kafka does not answer', async () => {
    const publisher = new EventPublisher(
      producerThat(() => new Promise(() => undefined)),
      config(),
    );
    await expect(publisher.publish([record])).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE', retryable: true });
  });

  it('fails when Kafka refuses', async () => {
    const publisher = new EventPublisher(
      producerThat(() => Promise.reject(new Error('no leader'))),
      config(),
    );
    await expect(publisher.publish([record])).rejects.toMatchObject({ code: 'KAFKA_UNAVAILABLE' });
  });

  it('does not ask for an event to be sent again that the broker will not take', async () => {
    const tooLarge = Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
    const publisher = new EventPublisher(
      producerThat(() => Promise.reject(tooLarge)),
      config(),
    );
    await expect(publisher.publish([record])).rejects.toMatchObject({ code: 'RECORD_NOT_TAKEN', retryable: false });
  });
});
