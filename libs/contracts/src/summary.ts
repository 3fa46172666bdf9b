/**
 * A summary as the dashboard shows it (contracts.md, `GET /v1/summaries`).
 */
import { z } from 'zod';
import { ictInstant, windowIndex } from '#domain';

export interface SummaryView {
  readonly id: string;
  readonly unit: string;
  readonly window: string;
  readonly revision: number;
  readonly status: 'pending' | 'issued' | 'failed';
  /** ISO 8601 with +07:00; null until it is issued. */
  readonly issuedAt: string | null;
  readonly cutOff: string | null;
  /** SHA-256 of the bytes of `/v1/summaries/{id}.json`, in hexadecimal; null until it is issued. */
  readonly checksum: string | null;
  /** Why it failed; only where it did. */
  readonly error?: string;
  /** Only while it is pending and has been looked at: what it waits for, and how many events or records are left there. */
  readonly waiting?: SummaryWaiting;
}

/**
 * What a pending summary waits for: `check stage` (`left` counts events), `province stage`, `ministry stage`, `projection` (records),
 * or, with `left` null, `rebuild`, `earlier revision`, `sums`, `topic cut or made anew`, `Kafka`.
 */
export interface SummaryWaiting {
  readonly for: string;
  readonly left: number | null;
}

/** What a stored summary has to hold to be shown. */
export interface ShownSummary {
  readonly id: string;
  readonly unit: string;
  readonly window: string;
  readonly revision: number;
  readonly status: SummaryView['status'];
  readonly issuedAt?: Date;
  readonly cutOff?: Date;
  readonly checksum?: string;
  readonly error?: string;
  readonly waiting?: SummaryWaiting | null;
}

export const summaryView = (summary: ShownSummary): SummaryView => {
  const { id, unit, window, revision, status, issuedAt, cutOff, checksum, error, waiting } = summary;
  return {
    id,
    unit,
    window,
    revision,
    status,
    issuedAt: issuedAt === undefined ? null : ictInstant(issuedAt.getTime()),
    cutOff: cutOff === undefined ? null : ictInstant(cutOff.getTime()),
    checksum: checksum ?? null,
    ...(error === undefined ? {} : { error }),
    ...(status === 'pending' && waiting ? { waiting: { for: waiting.for, left: waiting.left } } : {}),
  };
};

/** Media types of a summary's documents. */
export const summaryMediaTypes = {
  json: 'application/json; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/** The windows of 2025 to 2030. */
export const windowPattern = /^20(2[5-9]|30)(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?$/;

/** The body of `POST /v1/summaries`. */
export const summaryRequestSchema = z.strictObject({
  window: z.string().refine((code) => windowIndex(code) !== undefined, 'is not a report window from 2025 to 2030'),
});
