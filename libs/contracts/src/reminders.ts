/**
 * Reminders and contacts: jobs of their queue, and what the API takes and shows.
 *
 * A reminder's job has an id made of the reminder's, so that however many plan it, the queue holds one.
 */
import { z } from 'zod';
import type { Channel, ReminderState } from '#domain';
import type { QueuedJob } from './jobs.js';

/** The queue's name after the installation's prefix. */
export const REMINDER_QUEUE = 'reminders';
export const reminderJobs = { plan: 'plan-reminders', send: 'send-reminder' } as const;

export const sendReminderSchema = z.strictObject({ id: z.string().min(1).max(100) });
export type SendReminderData = z.infer<typeof sendReminderSchema>;

/** The job that sends a reminder. BullMQ keeps colons to itself, and an id holds none. */
export const sendReminderJob = (id: string): QueuedJob<SendReminderData> => ({
  name: reminderJobs.send,
  data: { id },
  opts: { jobId: `${reminderJobs.send}-${id}` },
});

const MOST_ADDRESSES = 5;
/** Printable ASCII without what a header or an address list gives a meaning to. */
const address = z
  .email()
  .max(254)
  .regex(/^[\x21-\x7e]+$/);

/** The body of `PUT /v1/units/{code}/contacts`: all of it, each time. */
export const contactsRequestSchema = z.strictObject({
  emails: z.array(address).max(MOST_ADDRESSES),
  webhook: z.string().max(500).nullable(),
  /** Of the contacts that were seen; 0 where there were none. Others by now: 409. */
  revision: z.number().int().min(0),
  /** Makes a new secret for the webhook; one that has none, or another address, gets one anyway. */
  newSecret: z.boolean().optional(),
});

export interface ContactsView {
  readonly unit: string;
  readonly emails: readonly string[];
  /** The address; its secret is shown once, when it is made. */
  readonly webhook: string | null;
  readonly revision: number;
  readonly updatedAt: string | null;
  /** `whsec_…`, only in the answer to the request that made it. */
  readonly secret?: string;
}

export interface ReminderView {
  readonly id: string;
  readonly unit: string;
  /** As it is called today. */
  readonly name: string;
  readonly period: string;
  readonly step: string;
  readonly channel: Channel;
  readonly state: ReminderState;
  /** Communes that it is about: the unit itself, or those of a province that lack something. */
  readonly about: readonly string[];
  /** Whom it went to; only for whoever may see the unit's contacts. */
  readonly to?: readonly string[];
  readonly attempts: number;
  /** Of the last attempt, where it said something: `SMTP 550`, `HTTP 500`, `ECONNREFUSED`. */
  readonly reason?: string;
  readonly plannedAt: string;
  /** When it came to its state; null while it waits. */
  readonly settledAt: string | null;
}
