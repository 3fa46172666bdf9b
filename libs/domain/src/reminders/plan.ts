/** The plan of reminders that comes with the project. */
import { reference } from '../reference/data.js';
import type { ReminderPlan } from './reminder-plan.js';

export const reminderPlan: ReminderPlan = reference.reminders;
