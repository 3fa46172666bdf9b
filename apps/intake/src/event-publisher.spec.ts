import { RecordSender } from '#platform';
import { EventPublisher } from './event-publisher.js';
import { intakeSchema } from './intake.config.js';

const config = (more: Record<string, string> = {}) =>
  intakeSchema.parse({ KAFKA_BROKERS: 'k:1', INTAKE_MAX_BYTES: '100', INTAKE_KAFKA_TIMEOUT_MS: '100', ...more });
const producerThat = (sendBatch: () => Promise<unknown>) => new RecordSender({ sendBatch: sendBatch as never });
const record = { topic: 't', key: 'k', value: 'v' };

describe('publishing', () => {
  it('is done when Kafka has acknowledged', async () => {
    let acknowledged = false;
    const producer = producerThat(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
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
});

describe('room for requests', () => {
  const publisher = new EventPublisher(
    producerThat(() => Promise.resolve()),
    config(),
  );

  it('is bounded: above it senders are told to come again, after it there is room again', async () => {
    let finish: () => void = () => undefined;
    const first = publisher.within(90, () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(publisher.within(20, () => Promise.resolve())).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    finish();
    await first;
    await expect(publisher.within(20, () => Promise.resolve('taken'))).resolves.toBe('taken');
  });

  it('takes one request that is larger than all of it, alone', async () => {
    await expect(publisher.within(1_000, () => Promise.resolve('taken'))).resolves.toBe('taken');
  });
});
