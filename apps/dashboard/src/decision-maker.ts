/**
 * Makes decisions: each is with Kafka (`acks=all`), seen by the projection, and audited, before anybody is told of it.
 *
 * Two may decide at once. So a decision that was looked at before is looked at again where it stands among the others: the first was in time, the
 * second is told. Where the outcome cannot be seen in time that is said, and the next look at the month tells; deciding again does no harm.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, type Noted, type Principal } from '#access';
import type { DecisionRecord, Topics } from '#contracts';
import { AppError, isInTime, MonthDecisions, monthIndex, type Decision } from '#domain';
import { RecordSender } from '#kafka';
import { TOPICS } from '#service';
import { HistoryReader } from '#store';
import { KafkaUnavailable } from '#stream';
import { DecisionUnderWay } from './decision.errors.js';
import { KnownSigners } from './known-signers.js';

/** Who decides, and from where. */
export interface Asker {
  readonly principal: Principal;
  readonly from: string;
}

/** What is decided; who, and what it goes by, is added. */
export type Draft = Omit<DecisionRecord, 'v' | 'id' | 'by'>;

/** A decision where it stands. */
export interface Made {
  readonly decision: Decision;
  /** False: another decided first. */
  readonly isInTime: boolean;
}

const SEND_MS = 5_000;
const SEEN_MS = 10_000;
const LOOK_AGAIN_MS = 50;

@Injectable()
export class DecisionMaker {
  constructor(
    private readonly sender: RecordSender,
    @Inject(TOPICS) private readonly topics: Topics,
    private readonly history: HistoryReader,
    private readonly signers: KnownSigners,
    private readonly log: AuditLog,
  ) {}

  /** Notes that something is about to be decided, lets it be, and notes how it came out; only then it is answered. */
  async audited<T>(
    { principal, from }: Asker,
    noted: Pick<Noted, 'what' | 'unit' | 'facts'>,
    decide: () => Promise<T>,
  ): Promise<T> {
    const note = (outcome: string) => this.log.note({ who: principal, from, ...noted, outcome });
    await note('begun');
    let answer: T;
    try {
      await this.signers.seen(principal);
      answer = await decide();
    } catch (error) {
      await note(error instanceof AppError ? error.code : 'INTERNAL_ERROR');
      throw error;
    }
    await note('done');
    return answer;
  }

  /** Appends decisions of one month, together, and finds them among the others, in this order. Throws `KafkaUnavailable`, `DecisionUnderWay`. */
  async make({ principal: { id, name } }: Asker, drafts: readonly Draft[]): Promise<readonly Made[]> {
    const records = drafts.map((draft): DecisionRecord => ({ v: 1, id: randomUUID(), by: { id, name }, ...draft }));
    const { province, period } = drafts[0];
    try {
      const topic = this.topics.decisions;
      const sent = records.map((record) => ({ topic, key: record.province, value: JSON.stringify(record) }));
      await this.sender.send(sent, { withinMs: SEND_MS });
    } catch (cause) {
      throw new KafkaUnavailable('Kafka did not take the decision in time; look whether it did', {}, { cause });
    }
    const month = await this.seen(province, period, records);
    return records.map((record) => {
      const decision = month.all.find((one) => one.id === record.id) as Decision;
      return { decision, isInTime: isInTime(decision, month) };
    });
  }

  private async seen(province: string, period: string, records: readonly DecisionRecord[]): Promise<MonthDecisions> {
    const until = performance.now() + SEEN_MS;
    for (;;) {
      const months = await this.history.decisions(province, [monthIndex(period) as number]);
      const month = months.get(period) ?? MonthDecisions.none;
      if (records.every(({ id }) => month.all.some((one) => one.id === id))) return month;
      if (performance.now() > until)
        throw new DecisionUnderWay('decided, and not to be seen yet: look again', { retryAfterSeconds: 5 });
      await sleep(LOOK_AGAIN_MS);
    }
  }
}
