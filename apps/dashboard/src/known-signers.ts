/**
 * Two people: whoever submitted a month, or a commune's part of it, does not lock it, where its province has another who could.
 *
 * Who could is who holds a signer's key of the province, or has signed in or decided as its signer within a quarter of a year: the OpenID
 * provider tells nobody who else there is (docs/adr/0042).
 */
import { Inject, Injectable } from '@nestjs/common';
import { KeyBook, type Principal } from '#access';
import { AppError, type MonthDecisions } from '#domain';
import { inBackground } from '#promises';
import { CLOCK, LOGGER, type Clock, type Logger } from '#service';
import { Signers } from '#store';

class SamePerson extends AppError {
  readonly code = 'SAME_PERSON';
  readonly retryable = false;
}

const SEEN_WITHIN_MS = 92 * 86_400_000;

@Injectable()
export class KnownSigners {
  constructor(
    private readonly signers: Signers,
    private readonly keys: KeyBook,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Signing in does not wait for MongoDB, and does without it. */
  signedIn(principal: Principal): void {
    inBackground(this.seen(principal), (error) => this.logger.warn({ err: error }, 'a signer was not noted'));
  }

  /** Throws `StoreUnavailable`. */
  async seen({ id, roles, unit }: Principal): Promise<void> {
    if (roles.includes('signer')) await this.signers.seen(unit, id, new Date(this.now()));
  }

  /** Throws `SamePerson` where one who submitted of the month is to lock it and another could. */
  async requireSecond({ id }: Principal, province: string, decisions: MonthDecisions): Promise<void> {
    if (!decisions.all.some(({ type, by }) => type === 'month.submitted' && by.id === id)) return;
    const seen = await this.signers.of(province, new Date(this.now() - SEEN_WITHIN_MS));
    const held = this.keys
      .valid()
      .filter(
        ({ role, unit, expiresAt }) => role === 'signer' && unit === province && Date.parse(expiresAt) > this.now(),
      );
    if (new Set([id, ...seen, ...held.map((key) => key.id)]).size > 1)
      throw new SamePerson('who submitted of a month does not lock it where another can');
  }
}
