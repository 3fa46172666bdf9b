/**
 * Takes events in: checks each one, publishes the good ones to the event topic and the others, with the reason, to the refusals.
 */
import { Inject, Injectable } from '@nestjs/common';
import { judgeEvent, refusedUnit, rejectionRecord, topicForm, type Headers, type Topics } from '#contracts';
import { ANY_KEY, isRefusal, reportingUnits, type Refusal, type Report } from '#domain';
import type { OutRecord } from '#kafka';
import { sha256, TOPICS, type OnRefused } from '#service';
import type { Cause } from '#tracing';
import type { RequestEvents, SentEvent } from './cloudevents-http.js';
import { EventPublisher } from './event-publisher.js';

export const ON_REFUSED = Symbol('OnRefused');

export interface IntakeAnswer {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: readonly Rejected[];
}
interface Rejected {
  readonly index: number;
  readonly id: string | null;
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

@Injectable()
export class IntakeService {
  constructor(
    private readonly publisher: EventPublisher,
    @Inject(TOPICS) private readonly topics: Topics,
    @Inject(ON_REFUSED) private readonly onRefused: OnRefused,
  ) {}

  /** Resolves when Kafka has every accepted event and every refusal; nothing was taken where it throws. */
  async take({ sent, headers }: RequestEvents, receivedAt: number, cause?: Cause): Promise<IntakeAnswer> {
    const outcomes = sent.map(({ event }) => (Buffer.isBuffer(event) ? judgeEvent(event, ANY_KEY, receivedAt) : event));
    const rejected = outcomes.flatMap((outcome, index) => (isRefusal(outcome) ? [toRejected(outcome, index)] : []));
    const records = outcomes.map((outcome, index) =>
      isRefusal(outcome)
        ? this.rejection(sent[index], outcome, headers, receivedAt)
        : this.accepted(sent[index].event as Buffer, outcome),
    );
    await this.publisher.publish(records, cause);
    this.onRefused(outcomes.filter(isRefusal));
    return { received: sent.length, accepted: sent.length - rejected.length, rejected };
  }

  private accepted(event: Buffer, { unit }: Report): OutRecord {
    return { topic: this.topics.indicatorEvents, key: reportingUnits[unit].code, value: topicForm(event) };
  }

  private rejection({ raw, event }: SentEvent, refusal: Refusal, headers: Headers, receivedAt: number): OutRecord {
    const key = refusedUnit(Buffer.isBuffer(event) ? event : raw, null);
    const received = { origin: 'http', receivedAt, bytes: raw, key, headers } as const;
    return { topic: this.topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256) };
  }
}

const toRejected = ({ code, pointer, detail, id }: Refusal, index: number): Rejected => ({
  index,
  id: id ?? null,
  code,
  pointer,
  detail,
});
