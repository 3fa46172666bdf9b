/**
 * Which accepted events are held, as far as this process knows: a courtesy to whoever sends, from its own copy of what was decided (locks.module.ts).
 *
 * An event of a locked month is received after the lock and changes nothing until it is decided (or never, where it does not outrank what there is).
 * The truth is the province stage's. While nothing is locked the question costs a look at an empty map.
 */
import { Injectable } from '@nestjs/common';
import { carriedDecision, decisionOf } from '#contracts';
import { Decisions, NOW, type Report } from '#domain';
import type { KafkaMessage } from '#kafka';

@Injectable()
export class KnownLocks {
  private readonly decisions = new Decisions();

  /** Takes a record of the topic of decisions in. */
  take(message: Pick<KafkaMessage, 'value' | 'offset' | 'timestamp'>): void {
    const carried = carriedDecision(message.value, message);
    const decision = carried && decisionOf(carried);
    if (decision !== undefined) this.decisions.add(decision);
  }

  /** Whether a month was locked when this was last known. */
  holds({ unit, month }: Pick<Report, 'unit' | 'month'>): boolean {
    return this.decisions.ofUnit(unit, month).lockAt(NOW) !== undefined;
  }
}
