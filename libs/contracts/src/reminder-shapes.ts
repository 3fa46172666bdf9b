/** What the routes of reminders and contacts take and answer, as shapes. */
import { z } from 'zod';
import { reminderStates } from '#domain';
import { shape } from './http-shape.js';
import { contactsRequestSchema } from './reminders.js';

const instant = z.string().meta({ format: 'date-time' });
const count = z.number().min(0).meta({ type: 'integer' });

shape(
  'Contacts',
  'Where a unit is reminded: its addresses and its webhook',
  z.object({
    unit: z.string(),
    emails: z.array(z.string()),
    webhook: z.string().nullable(),
    revision: count.meta({ type: 'integer', description: 'to be named by whoever changes them; 0: there are none' }),
    updatedAt: instant.nullable(),
    secret: z
      .string()
      .optional()
      .meta({ description: "the webhook's secret (Standard Webhooks, whsec_…), only in the answer that made it" }),
  }),
);
shape('ContactsRequest', 'The contacts of a unit, all of them', contactsRequestSchema);

const reminder = shape(
  'Reminder',
  'A reminder on one channel: of what, to whom, and what became of it',
  z.object({
    id: z.string().meta({ example: '00004|2026-03|before-1|email' }),
    unit: z.string(),
    name: z.string(),
    period: z.string(),
    step: z.string().meta({ example: 'before-1' }),
    channel: z.enum(['email', 'webhook', 'none']),
    state: z.enum(reminderStates),
    about: z.array(z.string()),
    to: z.array(z.string()).optional().meta({ description: "for whoever may see the unit's contacts" }),
    attempts: count,
    reason: z.string().optional(),
    plannedAt: instant,
    settledAt: instant.nullable(),
  }),
);
shape(
  'Reminders',
  'Reminders of a unit and what is under it, newest first',
  z.object({ unit: z.string(), items: z.array(reminder) }),
);
