/**
 * Sends one reminder, at most once for its cause, and writes what became of it.
 *
 * Just before it is sent it is looked at whether the month still lacks something, whether the hours are right, and where it goes now. It is claimed
 * before the first byte is handed over; what became of it is written until MongoDB has it, and is lost only with the process: then a mail's is
 * unknown, and a webhook goes again with the same id and bytes.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  deadlineOf,
  lacking,
  monthCode,
  monthIndex,
  nextOpening,
  onTakingUp,
  pauseAfter,
  stepsInForce,
  unitOf,
  type Calendar,
  type ReminderPlan,
  type Unit,
} from '#domain';
import { openText } from '#service';
import {
  StoreUnavailable,
  webhookPlace,
  type ContactRepository,
  type Contacts,
  type ReminderRecord,
  type ReminderRepository,
} from '#store';
import type { Claim, Delivered } from './delivered.js';
import type { MailSender } from './mail-sender.js';
import { subjectOf, textOf, webhookBody, type Reminded } from './reminder-text.js';
import type { Standing } from './standing.js';
import type { WebhookSender } from './webhook-sender.js';

export interface DeliverySettings {
  readonly plan: ReminderPlan;
  readonly calendar: Calendar;
  readonly sealingKey?: Buffer;
  readonly now: () => number;
  /** Told of what became of each attempt. */
  readonly ended: (channel: ReminderRecord['channel'], outcome: string) => void;
}

export interface Senders {
  /** Undefined: there is no mail server. */
  readonly mail?: Pick<MailSender, 'send'>;
  readonly webhook: Pick<WebhookSender, 'send'>;
}

type Fields = Parameters<ReminderRepository['changeFrom']>[1];
/** To be taken up again after so many milliseconds. */
interface Later {
  readonly later: number;
}
type Outcome = 'done' | Later;

/** The pipeline is behind. */
const BEHIND_MS = 10_000;
const WRITE_AGAIN_MS = 500;

export class ReminderDelivery {
  private isClosing = false;

  constructor(
    private readonly settings: DeliverySettings,
    private readonly reminders: ReminderRepository,
    private readonly contacts: ContactRepository,
    private readonly standing: Pick<Standing, 'reports' | 'reported'>,
    private readonly senders: Senders,
  ) {}

  /** From now on nobody waits for MongoDB. */
  close(): void {
    this.isClosing = true;
  }

  async deliver(id: string): Promise<Outcome> {
    const reminder = await this.reminders.get(id);
    const what = reminder && onTakingUp(reminder.channel, reminder.state);
    if (reminder === undefined || what === 'nothing') return 'done';
    if (what === 'leave unknown') return this.end(reminder, 'unknown', 'PROCESS_ENDED');
    const now = this.settings.now();
    if (!this.isInForce(reminder, now)) return this.end(reminder, 'expired');
    const notBefore = Math.max(reminder.nextAt?.getTime() ?? 0, nextOpening(now, this.settings.plan));
    if (notBefore > now) return { later: notBefore - now };
    const unit = unitOf(reminder.unit) as Unit;
    const month = monthIndex(reminder.period) as number;
    const reportsOf = await this.standing.reports(month, unit);
    if (reportsOf === undefined) return { later: BEHIND_MS };
    const about = lacking(unit, month, reportsOf, now);
    if (about.length === 0) return this.end(reminder, 'unneeded');
    const contacts = await this.contacts.get(reminder.unit);
    const reported = unit.level === 'commune' ? await this.standing.reported(unit, month) : new Set<string>();
    const reminded = { id: reminder.id.slice(0, reminder.id.lastIndexOf('|')), unit, month, about, reported, at: now };
    return reminder.channel === 'email'
      ? this.mail(reminder, reminded, contacts?.emails ?? [])
      : this.webhook(reminder, reminded, contacts?.webhook ?? undefined);
  }

  private async mail(reminder: ReminderRecord, reminded: Reminded, to: readonly string[]): Promise<Outcome> {
    const { mail } = this.senders;
    if (to.length === 0) return this.end(reminder, 'no-contact');
    if (mail === undefined) return this.end(reminder, 'no-channel');
    const deadline = this.deadlineOf(reminded);
    const message = { id: reminder.id, to, subject: subjectOf(reminded, deadline), text: textOf(reminded, deadline) };
    return this.attempt(reminder, { to, about: codesOf(reminded) }, (claim) => mail.send(message, claim));
  }

  private async webhook(
    reminder: ReminderRecord,
    reminded: Reminded,
    held: NonNullable<Contacts['webhook']> | undefined,
  ): Promise<Outcome> {
    if (held === undefined) return this.end(reminder, 'no-contact');
    const secret = openText(this.settings.sealingKey, held.secret, webhookPlace(reminder.unit));
    if (secret === undefined) return this.end(reminder, 'refused', 'SECRET_UNREADABLE');
    const body = reminder.body ?? webhookBody(reminded, reminder.step, this.deadlineOf(reminded));
    const set = { to: [held.url], body, ...(reminder.body === undefined ? { about: codesOf(reminded) } : {}) };
    const { id } = reminder;
    return this.attempt(reminder, set, (claim) =>
      this.senders.webhook.send({ id, url: held.url, secret, body }, claim),
    );
  }

  /** One attempt, claimed by a name of its own. */
  private async attempt(
    reminder: ReminderRecord,
    set: Fields,
    send: (claim: Claim) => Promise<Delivered>,
  ): Promise<Outcome> {
    const own = randomUUID();
    let isClaimed = false;
    const claim = async () => (isClaimed = await this.reminders.claim(reminder, own, set));
    const delivered = await send(claim).catch(async (error: unknown) => {
      // The claim may stand though MongoDB did not say so; nothing was handed over.
      await this.written(() =>
        this.reminders.settle(reminder.id, own, { state: reminder.state, claim: reminder.claim ?? null }),
      );
      throw error;
    });
    if (delivered.outcome === 'lost') return 'done';
    const fields = this.fieldsOf(reminder, delivered);
    this.settings.ended(reminder.channel, fields.nextAt ? 'again' : (fields.state as string));
    await this.written(() =>
      isClaimed ? this.reminders.settle(reminder.id, own, fields) : this.reminders.changeFrom(reminder, fields),
    );
    return fields.nextAt ? { later: fields.nextAt.getTime() - this.settings.now() } : 'done';
  }

  /** What is written of an attempt: what became of it, or when the next one is. */
  private fieldsOf({ channel, attempts }: ReminderRecord, delivered: Exclude<Delivered, { outcome: 'lost' }>): Fields {
    const now = this.settings.now();
    const settled = {
      reason: delivered.reason ?? null,
      nextAt: null,
      settledAt: new Date(now),
      attempts: attempts + 1,
    };
    const { outcome } = delivered;
    if (outcome === 'sent' || outcome === 'refused') return { ...settled, state: outcome };
    const isKnown = outcome === 'again';
    const pause = isKnown || channel === 'webhook' ? pauseAfter(attempts + 1) : undefined;
    if (pause === undefined) return { ...settled, state: isKnown ? 'failed' : 'unknown' };
    const { reason } = delivered;
    return { reason, nextAt: new Date(now + pause), attempts: attempts + 1, state: isKnown ? 'planned' : 'sending' };
  }

  /** Nothing more is done about it. What may have been sent before, and is not known, stays unknown. */
  private async end(reminder: ReminderRecord, state: NonNullable<Fields['state']>, reason?: string): Promise<Outcome> {
    const left = reminder.state === 'sending' ? 'unknown' : state;
    const fields = {
      state: left,
      settledAt: new Date(this.settings.now()),
      ...(reason === undefined ? {} : { reason }),
    };
    if (await this.reminders.changeFrom(reminder, fields)) this.settings.ended(reminder.channel, left);
    return 'done';
  }

  /** Writes until MongoDB has it, or the process ends. */
  private async written(write: () => Promise<unknown>): Promise<void> {
    for (;;) {
      try {
        await write();
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || this.isClosing) throw error;
        await sleep(WRITE_AGAIN_MS);
      }
    }
  }

  /** An earlier step that was held up is not sent beside the one that has taken its place. */
  private isInForce({ period, step }: ReminderRecord, now: number): boolean {
    const { plan, calendar } = this.settings;
    return stepsInForce(now, plan, calendar).some((each) => monthCode(each.month) === period && each.step === step);
  }

  private deadlineOf({ month }: Reminded): number {
    return deadlineOf(month, 'commune', this.settings.calendar);
  }
}

const codesOf = ({ about }: Reminded): string[] => about.map(({ unit }) => unit);
