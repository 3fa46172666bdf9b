/**
 * Jobs of the reports queue: names, shapes, and how a summary's job is told from all others.
 *
 * A summary's job has an id made of the summary's id, so that however many ask for it to be issued, the queue holds one.
 */
import { z } from 'zod';
import type { WindowKind } from '#domain';

/** The queue's name after the installation's prefix. */
export const SUMMARY_QUEUE = 'summaries';

export const jobNames = { issueSummary: 'issue-summary', scheduledSummary: 'scheduled-summary' } as const;

export const issueSummarySchema = z.strictObject({ id: z.string().regex(/^VN-[0-9A-Z-]+-r[1-9][0-9]*$/) });
export type IssueSummaryData = z.infer<typeof issueSummarySchema>;

const kinds = ['month', 'quarter', 'half', 'nine_months', 'year'] as const satisfies readonly WindowKind[];
export const scheduledSummarySchema = z.strictObject({ kind: z.enum(kinds) });
export type ScheduledSummaryData = z.infer<typeof scheduledSummarySchema>;

export interface QueuedJob<Data> {
  readonly name: string;
  readonly data: Data;
  readonly opts: { readonly jobId: string };
}

/** The job that issues a summary: `queue.add(name, data, opts)`. Adding it again while the queue knows it does nothing. */
export const issueSummaryJob = (id: string): QueuedJob<IssueSummaryData> => ({
  name: jobNames.issueSummary,
  data: { id },
  opts: { jobId: `${jobNames.issueSummary}-${id}` },
});
