/** Configuration of the reports service: what every service has, and when summaries are due. */
import { z } from 'zod';
import { defaultSummaryTime } from '#domain';
import { platformSchema } from '#service';

export const reportsSchema = platformSchema.extend({
  /** After the 14th, when the window is over, and in every month. */
  SUMMARY_DAY: z.coerce.number().int().min(15).max(28).default(defaultSummaryTime.day),
  /** In Asia/Ho_Chi_Minh. */
  SUMMARY_HOUR: z.coerce.number().int().min(0).max(23).default(defaultSummaryTime.hour),
});
export type ReportsConfig = z.infer<typeof reportsSchema>;
