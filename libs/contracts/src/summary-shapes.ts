/** What the routes of summaries answer, as shapes. */
import { z } from 'zod';
import { windowPattern } from './summary.js';
import { shape } from './http-shape.js';

const instant = z.string().meta({ format: 'date-time', example: '2026-03-22T07:00:00.000+07:00' });
const revision = z.number().min(1).meta({ type: 'integer' });
const head = {
  unit: z.string().meta({ example: 'VN' }),
  window: z.string().meta({ example: '2026-Q1' }),
  revision,
};
const id = z.string().meta({ example: 'VN-2026-Q1-r1' });

const waiting = shape(
  'SummaryWaiting',
  'What a summary that is pending waits for, and how many events or records are left there, where they can be counted',
  z.object({
    for: z.string().meta({ example: 'province stage' }),
    left: z.number().min(0).nullable().meta({ type: 'integer' }),
  }),
);

const summary = shape(
  'Summary',
  'A national summary: asked for, and issued once',
  z.object({
    id,
    ...head,
    status: z.enum(['pending', 'issued', 'failed']),
    issuedAt: instant.nullable(),
    cutOff: instant.nullable(),
    checksum: z.string().nullable().meta({ description: 'SHA-256 of the bytes of the JSON document, in hexadecimal' }),
    error: z.string().optional().meta({ description: 'why it failed; only where it did' }),
    waiting: waiting.optional(),
  }),
);
shape('Summaries', 'The summaries, newest request first', z.object({ items: z.array(summary) }));
shape('SummaryRequested', 'The id of the summary to wait for', z.object({ id }));
shape(
  'SummaryRequest',
  'What a summary is asked for with',
  z.strictObject({
    window: z.string().regex(windowPattern).meta({
      description: 'a month, quarter, half year, nine months or year that has begun, from 2025 to 2030',
      example: '2026-Q1',
    }),
  }),
);

const rows = z.array(z.looseObject({}));
shape(
  'SummaryContent',
  'What a summary says. The members that are promised; the documents say more',
  z.looseObject({
    ...head,
    cutOff: instant,
    completeness: rows,
    indicators: rows.length(29),
    appendix: rows,
    changesFromRevision: rows.nullable(),
  }),
);
