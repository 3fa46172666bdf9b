/**
 * Publishes checked events, and says so only when Kafka has them (`acks=all`).
 *
 * When Kafka does not acknowledge in time the sender is told that nothing was taken; should the events arrive after all, they
 * are repeats when sent again, which do no harm.
 */
import { Inject, Injectable } from '@nestjs/common';
import { RecordNotTaken, RecordSender, SendTimedOut, type OutRecord } from '#kafka';
import { CONFIG } from '#service';
import type { Cause } from '#tracing';
import type { IntakeConfig } from './intake.config.js';
import { KafkaUnavailable } from './intake-errors.js';

@Injectable()
export class EventPublisher {
  constructor(
    private readonly sender: RecordSender,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  /** Resolves when all replicas have all of the records. Throws `KafkaUnavailable`, or `RecordNotTaken` where sending again would not help. */
  async publish(records: readonly OutRecord[], cause?: Cause): Promise<void> {
    try {
      await this.sender.send(records, { withinMs: this.config.INTAKE_KAFKA_TIMEOUT_MS, cause });
    } catch (cause) {
      // Sent again it would not be taken either: the sender is not to try.
      if (cause instanceof RecordNotTaken) throw cause;
      const what = cause instanceof SendTimedOut ? 'did not acknowledge in time' : 'did not take the events';
      throw new KafkaUnavailable(`Kafka ${what}`, {}, { cause });
    }
  }
}
