/** Configuration of the reminders service: whether anybody is reminded, by which mail server, and by which plan. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { planFaultsOf, reminderPlan, type ReminderPlan } from '#domain';
import { optionalText, outgoingShape, platformSchema, sealingFields, unusable } from '#service';

export const remindersSchema = platformSchema
  .extend({ ...sealingFields, ...outgoingShape })
  .extend({
    ACCESS: z.enum(['demo']).optional(),
    /** Off, nobody is reminded of anything, and nothing is planned. */
    REMINDERS: z.enum(['on', 'off']).default('off'),
    /** `smtps://user:password@host:465`, or `smtp://…:587` that is made secure by STARTTLS. A secret: may stand in a file. */
    SMTP_URL: optionalText.refine(
      (url) => url === undefined || /^smtps?:\/\/[^/]/.test(url),
      'is not an smtp:// address',
    ),
    /** From whom mail comes. */
    MAIL_FROM: optionalText.refine(
      (address) => address === undefined || z.email().safeParse(address).success,
      'is no address',
    ),
    /** A plan of one's own in place of the project's: its steps, working days and hours. */
    REMINDERS_FILE: optionalText,
    /** So many messages a minute at most, in one process. */
    REMINDERS_PER_MINUTE: z.coerce.number().int().min(1).max(10_000).default(300),
  })
  .superRefine(({ SMTP_URL, MAIL_FROM }, context) => {
    if (SMTP_URL !== undefined && MAIL_FROM === undefined)
      context.addIssue({ code: 'custom', path: ['MAIL_FROM'], message: 'goes with SMTP_URL' });
  });
export type RemindersConfig = z.infer<typeof remindersSchema>;

/** The plan that the configuration names, or the project's. Throws `InvalidConfiguration` with every fault of the file. */
export const planOf = ({ REMINDERS_FILE }: Pick<RemindersConfig, 'REMINDERS_FILE'>): ReminderPlan => {
  if (REMINDERS_FILE === undefined) return reminderPlan;
  const plan = readPlan(REMINDERS_FILE);
  const faults = planFaultsOf(plan);
  if (faults.length > 0) throw unusable(faults.map((fault) => `REMINDERS_FILE: ${fault}`));
  return plan as ReminderPlan;
};

const readPlan = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw unusable([`REMINDERS_FILE: ${(error as Error).message}`]);
  }
};
