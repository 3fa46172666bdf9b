/**
 * Plans what is due: at the start and every minute, within the hours in which somebody may be written to.
 *
 * MongoDB holds what is to be sent, once for a cause and channel; a job of the queue sends it. Redis may lose its jobs, and a process may die between
 * the two: what is planned and has no job gets one. While the pipeline is behind nothing is planned, because nobody knows who lacks what.
 */
import type { Logger } from 'pino';
import { sendReminderJob } from '#contracts';
import {
  causeOf,
  monthCode,
  nextOpening,
  provinceOf,
  remindersOf,
  stepsInForce,
  unitOf,
  type Calendar,
  type ReminderDue,
  type ReminderPlan,
  type StepInForce,
  type Unit,
} from '#domain';
import type { JobQueue } from '#queue';
import type { ContactRepository, Contacts, ReminderRecord, ReminderRepository } from '#store';
import type { Standing } from './standing.js';

export interface PlanSettings {
  readonly plan: ReminderPlan;
  readonly calendar: Calendar;
  /** Whether there is a mail server to send by. */
  readonly hasMail: boolean;
  readonly now: () => number;
  readonly logger: Logger;
}

const KEPT_MS = 366 * 86_400_000;
/** Whoever planned it may be about to add its job. */
const JOB_MS = 30_000;
const PORTION = 1_000;

export class ReminderPlanner {
  constructor(
    private readonly settings: PlanSettings,
    private readonly standing: Pick<Standing, 'reports'>,
    private readonly reminders: ReminderRepository,
    private readonly contacts: ContactRepository,
    private readonly queue: JobQueue,
  ) {}

  async plan(): Promise<void> {
    const { plan, calendar, now, logger } = this.settings;
    const at = now();
    if (nextOpening(at, plan) > at) return;
    for (const step of stepsInForce(at, plan, calendar)) {
      const reportsOf = await this.standing.reports(step.month);
      if (reportsOf === undefined) {
        logger.info('the pipeline is behind: who lacks what is not known yet');
        break;
      }
      await this.planStep(step, remindersOf(step, reportsOf, at), at);
    }
    for (const reminder of await this.reminders.unfinished(new Date(at - JOB_MS))) await this.setUnderWay(reminder);
  }

  private async planStep(step: StepInForce, due: readonly ReminderDue[], at: number): Promise<void> {
    const held = await this.reminders.standing(monthCode(step.month), step.step);
    const contacts = await this.contacts.of(due.map(({ unit }) => unit));
    const wanted = due.flatMap((each) => this.recordsOf(each, contacts.get(each.unit), step, at));
    const fresh = wanted.filter(({ id }) => !held.has(id));
    for (let n = 0; n < fresh.length; n += PORTION) await this.reminders.plan(fresh.slice(n, n + PORTION));
    const revived = wanted.filter(({ id, state }) => state === 'planned' && held.get(id) === 'no-channel');
    for (const { id } of revived) await this.reminders.revive(id);
    await this.reminders.forgetNone(
      wanted
        .filter(({ channel }) => channel !== 'none')
        .map((each) => `${causeOf(each)}|none`)
        .filter((id) => held.has(id)),
    );
    const toSend = [...fresh.filter(({ state }) => state === 'planned'), ...revived];
    for (const { id } of toSend) await this.queue.add(sendReminderJob(id));
    const { logger } = this.settings;
    if (fresh.length > 0) logger.info({ step: step.step, planned: fresh.length, toSend: toSend.length }, 'planned');
  }

  /** One for each channel that the unit has; one that says so where it has none. */
  private recordsOf(due: ReminderDue, contacts: Contacts | undefined, step: StepInForce, at: number): ReminderRecord[] {
    const { hasMail } = this.settings;
    const hasEmail = (contacts?.emails.length ?? 0) > 0;
    const hasWebhook = Boolean(contacts?.webhook);
    return [
      ...(hasEmail ? [recordOf(due, step, 'email', hasMail ? 'planned' : 'no-channel', at)] : []),
      ...(hasWebhook ? [recordOf(due, step, 'webhook', 'planned', at)] : []),
      ...(hasEmail || hasWebhook ? [] : [recordOf(due, step, 'none', 'no-contact', at)]),
    ];
  }

  private async setUnderWay({ id, state, ...reminder }: ReminderRecord): Promise<void> {
    const job = sendReminderJob(id);
    const held = await this.queue.stateOf(job.opts.jobId);
    if (held?.state === 'failed') {
      // It was given up after every attempt of the queue: a fault of ours.
      const left = state === 'sending' ? 'unknown' : 'failed';
      const settledAt = new Date(this.settings.now());
      await this.reminders.changeFrom({ id, state, ...reminder }, { state: left, reason: 'JOB_FAILED', settledAt });
      return;
    }
    if (held?.state === 'completed' || held?.state === 'unknown') await this.queue.forget(job.opts.jobId);
    await this.queue.add(job);
  }
}

const recordOf = (
  { unit, period, step, about }: ReminderDue,
  { until }: StepInForce,
  channel: ReminderRecord['channel'],
  state: ReminderRecord['state'],
  at: number,
): ReminderRecord => ({
  id: `${causeOf({ unit, period, step })}|${channel}`,
  unit,
  province: provinceOf(unitOf(unit) as Unit),
  period,
  step,
  channel,
  state,
  about: about.map((each) => each.unit),
  plannedAt: new Date(at),
  until: new Date(until),
  attempts: 0,
  ...(state === 'planned' ? {} : { settledAt: new Date(at) }),
  forgottenAt: new Date(until + KEPT_MS),
});
