/**
 * Publishes checked events, and says so only when Kafka has them (`acks=all`).
 *
 * Memory is bounded: what is under way counts, and above the limit a sender is told to come again instead of waiting in memory.
 * When Kafka does not acknowledge in time the sender is told that nothing was taken; should the events arrive after all, they
 * are repeats when sent again, which do no harm.
 */
import { Inject, Injectable } from '@nestjs/common';
import { byTopic, chunked, type OutRecord, type Producer } from '#platform';
import { INTAKE_CONFIG, type IntakeConfig } from './intake.config.js';
import { KafkaUnavailable, TooBusy } from './intake-errors.js';

export const PRODUCER = Symbol('Producer');

@Injectable()
export class EventPublisher {
  private bytesUnderWay = 0;

  constructor(
    @Inject(PRODUCER) private readonly producer: Producer,
    @Inject(INTAKE_CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** Reserves room for a request's bytes while it is handled. Throws `TooBusy` where there is none. */
  async within<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.bytesUnderWay > 0 && this.bytesUnderWay + bytes > this.config.INTAKE_MAX_BYTES) {
      throw new TooBusy('more is being published than there is room for');
    }
    this.bytesUnderWay += bytes;
    try {
      return await work();
    } finally {
      this.bytesUnderWay -= bytes;
    }
  }

  /** Resolves when all replicas have all of the records. Throws `KafkaUnavailable`. */
  async publish(records: readonly OutRecord[]): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      const late = () => reject(new KafkaUnavailable('Kafka did not acknowledge in time'));
      timer = setTimeout(late, this.config.INTAKE_KAFKA_TIMEOUT_MS);
    });
    const sending = this.send(records).catch((cause: unknown) => {
      throw new KafkaUnavailable('Kafka did not take the events', {}, { cause });
    });
    sending.catch(() => undefined);
    try {
      await Promise.race([sending, timeout]);
    } finally {
      clearTimeout(timer);
    }
  }

  private async send(records: readonly OutRecord[]): Promise<void> {
    for (const chunk of chunked(records)) {
      await this.producer.sendBatch({ topicMessages: byTopic(chunk), acks: -1 });
    }
  }
}
