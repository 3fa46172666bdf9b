/**
 * Takes events in: checks each one, publishes the good ones to the event topic and the others, with the reason, to the refusals.
 */
import { Inject, Injectable } from '@nestjs/common';
import { isUtf8 } from 'node:buffer';
import { refusedUnit, rejectionRecord, type Topics } from '#contracts';
import { ANY_KEY, checkEvent, isRefusal, MAX_EVENT_BYTES, reportingUnits, type Refusal, type Report } from '#domain';
import { sha256, type OutRecord } from '#platform';
import { isJson, type RequestEvents } from './cloudevents-http.js';
import { EventPublisher } from './event-publisher.js';
import { UnreadableBody } from './intake-errors.js';

export const TOPICS = Symbol('Topics');

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

/** Refusals of what may be no JSON at all. */
const UNREAD: ReadonlySet<string> = new Set(['TOO_LARGE', 'MALFORMED_JSON']);

@Injectable()
export class IntakeService {
  constructor(
    private readonly publisher: EventPublisher,
    @Inject(TOPICS) private readonly topics: Topics,
  ) {}

  /**
   * Resolves when Kafka has every accepted event and every refusal. Nothing was taken where it throws: `UnreadableBody` for a batch
   * in which something is no JSON.
   */
  async take({ events, isBatch }: RequestEvents, receivedAt: number): Promise<IntakeAnswer> {
    const outcomes = events.map((event) => check(event, receivedAt));
    // What was accepted, or refused for what it says, has been read: only of the others it is not known yet.
    const isReadable = (outcome: Report | Refusal, index: number) =>
      !isRefusal(outcome) || !UNREAD.has(outcome.code) || isJson(events[index]);
    if (isBatch && !outcomes.every(isReadable)) throw new UnreadableBody('the body is not a JSON array');
    const rejected = outcomes.flatMap((outcome, index) => (isRefusal(outcome) ? [toRejected(outcome, index)] : []));
    const records = outcomes.map((outcome, index) =>
      isRefusal(outcome) ? this.rejection(events[index], outcome, receivedAt) : this.accepted(events[index], outcome),
    );
    await this.publisher.publish(records);
    return { received: events.length, accepted: events.length - rejected.length, rejected };
  }

  private accepted(event: Buffer, { unit }: Report): OutRecord {
    return { topic: this.topics.indicatorEvents, key: reportingUnits[unit].code, value: event };
  }

  private rejection(event: Buffer, refusal: Refusal, receivedAt: number): OutRecord {
    const received = { origin: 'http', receivedAt, bytes: event, key: refusedUnit(event, null) } as const;
    return { topic: this.topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256) };
  }
}

const check = (event: Buffer, receivedAt: number): Report | Refusal =>
  checkEvent({
    bytes: event.length,
    text: event.length <= MAX_EVENT_BYTES && isUtf8(event) ? event.toString() : undefined,
    key: ANY_KEY,
    receivedAt,
  });

const toRejected = ({ code, pointer, detail, id }: Refusal, index: number): Rejected => ({
  index,
  id: id ?? null,
  code,
  pointer,
  detail,
});
