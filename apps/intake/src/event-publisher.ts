/**
 * Publishes checked events, and says so only when Kafka has them (`acks=all`).
 *
 * Memory is bounded: what is under way counts, and above the limit a sender is told to come again instead of waiting in memory.
 * When Kafka does not acknowledge in time the sender is told that nothing was taken; should the events arrive after all, they
 * are repeats when sent again, which do no harm.
 */
import { Inject, Injectable } from '@nestjs/common';
import { RecordSender, type OutRecord } from '#platform';
import { INTAKE_CONFIG, type IntakeConfig } from './intake.config.js';
import { KafkaUnavailable, TooBusy } from './intake-errors.js';

@Injectable()
export class EventPublisher {
  private bytesUnderWay = 0;

  constructor(
    private readonly sender: RecordSender,
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
    const inTime = new AbortController();
    const timer = setTimeout(() => inTime.abort(), this.config.INTAKE_KAFKA_TIMEOUT_MS);
    try {
      await this.sender.send(records, inTime.signal);
    } catch (cause) {
      const what = inTime.signal.aborted ? 'did not acknowledge in time' : 'did not take the events';
      throw new KafkaUnavailable(`Kafka ${what}`, {}, { cause });
    } finally {
      clearTimeout(timer);
    }
  }
}
