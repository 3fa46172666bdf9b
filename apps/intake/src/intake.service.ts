/**
 * Takes events in: checks each one, publishes the good ones to the event topic and the others, with the reason, to the refusals.
 */
import { Inject, Injectable, Optional } from '@nestjs/common';
import { judgeEvent, refusedUnit, rejectionRecord, topicForm, type Headers, type Topics } from '#contracts';
import { ANY_KEY, isRefusal, reportingUnits, type Accepted, type Refusal } from '#domain';
import type { OutRecord } from '#kafka';
import { sha256, TOPICS, type OnRefused, type Sealer } from '#service';
import { forbidden, isWithin, seesEverything, type Principal } from '#access';
import type { Cause } from '#tracing';
import type { RequestEvents, SentEvent } from './cloudevents-http.js';
import { EventPublisher } from './event-publisher.js';
import { KnownLocks } from './known-locks.js';

export const ON_REFUSED = Symbol('OnRefused');
/** What seals the bytes of what is refused; undefined where nothing is sealed. */
export const SEALER = Symbol('Sealer');

export interface IntakeAnswer {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: readonly Rejected[];
  /** Those of the accepted that wait for a decision; left out where there are none. */
  readonly held?: readonly Held[];
}
interface Held {
  readonly index: number;
  readonly id: string;
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
    private readonly locks: KnownLocks,
    @Optional() @Inject(SEALER) private readonly sealer?: Sealer,
  ) {}

  /**
   * Resolves when Kafka has every accepted event and every refusal; nothing was taken where it throws.
   *
   * Throws `Forbidden` where one event is of a unit that the sender does not report for, a refused one too: what is refused stands in the list
   * of the unit that it names.
   */
  async take(
    { sent, headers }: RequestEvents,
    receivedAt: number,
    sender: Principal,
    cause?: Cause,
  ): Promise<IntakeAnswer> {
    const outcomes = sent.map(({ event }) => (Buffer.isBuffer(event) ? judgeEvent(event, ANY_KEY, receivedAt) : event));
    requireOwnUnits(sent, outcomes, sender);
    const rejected = outcomes.flatMap((outcome, index) => (isRefusal(outcome) ? [toRejected(outcome, index)] : []));
    if (rejected.length > 0) await this.sealer?.prepare([receivedAt], (keys) => this.publisher.publish(keys, cause));
    const records = outcomes.map((outcome, index) =>
      isRefusal(outcome)
        ? this.rejection(sent[index], outcome, headers, receivedAt)
        : this.accepted(sent[index].event as Buffer, outcome),
    );
    await this.publisher.publish(records, cause);
    this.onRefused(outcomes.filter(isRefusal));
    const held = this.held(outcomes);
    const answer = { received: sent.length, accepted: sent.length - rejected.length, rejected };
    return held.length === 0 ? answer : { ...answer, held };
  }

  private held(outcomes: readonly (Accepted | Refusal)[]): readonly Held[] {
    return outcomes.flatMap((outcome, index) =>
      isRefusal(outcome) || !this.locks.holds(outcome) ? [] : [{ index, id: outcome.id }],
    );
  }

  private accepted(event: Buffer, { unit }: Accepted): OutRecord {
    return { topic: this.topics.indicatorEvents, key: reportingUnits[unit].code, value: topicForm(event) };
  }

  private rejection(sent: SentEvent, refusal: Refusal, headers: Headers, receivedAt: number): OutRecord {
    const received = { origin: 'http', receivedAt, bytes: sent.raw, key: apparentUnitOf(sent), headers } as const;
    return { topic: this.topics.rejectedEvents, ...rejectionRecord(refusal, received, sha256, this.sealer?.seal) };
  }
}

const requireOwnUnits = (
  sent: readonly SentEvent[],
  outcomes: readonly (Accepted | Refusal)[],
  sender: Principal,
): void => {
  if (seesEverything(sender)) return;
  for (const [index, outcome] of outcomes.entries()) {
    const unit = isRefusal(outcome) ? apparentUnitOf(sent[index]) : reportingUnits[outcome.unit].code;
    if (unit !== undefined && !isWithin(sender, unit)) throw forbidden(unit);
  }
};

const apparentUnitOf = ({ raw, event }: SentEvent): string | undefined =>
  refusedUnit(Buffer.isBuffer(event) ? event : raw, null);

const toRejected = ({ code, pointer, detail, id }: Refusal, index: number): Rejected => ({
  index,
  id: id ?? null,
  code,
  pointer,
  detail,
});
