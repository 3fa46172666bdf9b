/** What the routes of months and held corrections take and answer, as shapes. */
import { z } from 'zod';
import { shape } from './http-shape.js';
import { indicatorCode as indicator } from './indicator-shape.js';

const instant = z.string().meta({ format: 'date-time' });
const count = z.number().min(0).meta({ type: 'integer' });
const whole = z.number().meta({ type: 'integer', format: 'int64' });
const hash = z.string().meta({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 in hex' });
const someone = z.object({ id: z.string(), name: z.string() });

const submission = z.object({
  unit: z.string(),
  at: instant,
  by: someone,
  figures: hash,
  isCurrent: z.boolean().meta({ description: 'whether the unit’s figures are still those that were submitted' }),
});
shape(
  'Month',
  'A month of a province, or of one of its communes: its state, what is or would be locked, who submitted and what waits',
  z.object({
    unit: z.string(),
    period: z.string(),
    state: z.enum(['open', 'locked']),
    cutOff: instant.meta({ description: 'of the lock; while open the newest instant that a lock can be as of' }),
    lockedAt: instant.nullable(),
    by: someone.nullable(),
    figures: hash.meta({ description: 'of what is locked; while open of what a lock would take' }),
    ownFigures: hash.meta({ description: 'of the unit’s own report: what it submits' }),
    submitted: z.array(submission),
    held: count,
  }),
);

/** Characters of a reason at most. */
const MOST_REASON = 500;
const reason = z.string().trim().min(1).max(MOST_REASON);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const submitRequestSchema = z.strictObject({ figures: sha256.optional() });
export const lockRequestSchema = z.strictObject({ cutOff: z.iso.datetime({ offset: true }).max(40), figures: sha256 });
export const reasonRequestSchema = z.strictObject({ reason });
export const maybeReasonRequestSchema = z.strictObject({ reason: reason.optional() });
const ofUnit = { unit: z.string(), period: z.string(), upTo: z.iso.datetime({ offset: true }).max(40).optional() };
export const acceptAllRequestSchema = z.strictObject({ ...ofUnit, reason: reason.optional() });
export const refuseAllRequestSchema = z.strictObject({ ...ofUnit, reason });
shape('SubmitRequest', 'The hash of the own figures that were seen; left out, those of now', submitRequestSchema);
shape('LockRequest', 'As of when, and the hash of the figures that were seen', lockRequestSchema);
shape('ReasonRequest', 'Why; no names or numbers of people', reasonRequestSchema);
shape('MaybeReasonRequest', 'Why, if it is to be said', maybeReasonRequestSchema);
shape(
  'AcceptAllRequest',
  'All that is held of a unit’s month, received up to an instant; left out, up to now',
  acceptAllRequestSchema,
);
shape('RefuseAllRequest', 'The same, and why', refuseAllRequestSchema);

const figureFields = { numerator: whole.optional(), denominator: whole.optional(), value: whole.optional() };
const cellFigure = z
  .object({ ...figureFields, breakdown: z.record(z.string(), z.object(figureFields)).optional() })
  .nullable();
const percented = z.object({ ...figureFields, percent: z.number().nullable() }).nullable();
const effect = z.object({
  unit: z.string(),
  window: z.string(),
  before: percented
    .optional()
    .meta({ description: 'null: nothing is reported; left out where the caller may not see it' }),
  after: percented.optional(),
  difference: z.object(figureFields),
});
const event = z.object({ id: z.string(), revision: count, time: instant });
const corrected = {
  id: z.string().meta({ example: '00004.c.2026-03.1773480601250' }),
  unit: z.string(),
  indicator,
  period: z.string(),
};
const decided = z.object({
  decision: z.enum(['accepted', 'refused']),
  reason: z.string().optional(),
  at: instant,
  by: someone,
});
const heldItem = shape(
  'HeldCorrection',
  'A correction of a locked month: what it would change at every level while it waits, what became of it afterwards',
  z.object({
    ...corrected,
    before: cellFigure.optional().meta({ description: 'what the cell says; null: nothing' }),
    after: cellFigure.meta({ description: 'what it would say, or was to say; null: that it is taken back' }),
    receivedAt: instant,
    event: event.nullable(),
    effect: z.array(effect).optional(),
    decided: decided.optional(),
  }),
);
shape(
  'HeldCorrections',
  'Corrections that wait, the first received first; or those that were decided, the last decided first',
  z.object({
    unit: z.string(),
    period: z.string().optional(),
    total: count,
    months: z
      .array(z.object({ unit: z.string(), period: z.string(), held: count }))
      .optional()
      .meta({ description: 'of those that wait: how many of each unit’s month, beyond the items that are shown too' }),
    items: z.array(heldItem),
  }),
);
shape('DecidedCorrection', 'What was decided of a correction', z.object({ ...corrected, decided }));
shape(
  'DecidedCorrections',
  'What was decided of a unit’s corrections; those that another decided first are not among them',
  z.object({ items: z.array(z.object({ ...corrected, decided })) }),
);
