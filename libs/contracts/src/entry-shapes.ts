/** What is typed into a form about a unit's month, and what became of it, as shapes. */
import { z } from 'zod';
import { indicators } from '#domain';
import { shape } from './http-shape.js';
import { indicatorCode as indicator } from './indicator-shape.js';

const instant = z.string().meta({ format: 'date-time' });
const whole = z.number().min(0).meta({ type: 'integer', format: 'int64' });
const count = z.number().min(0).meta({ type: 'integer' });

const figureFields = { numerator: whole.optional(), denominator: whole.optional(), value: whole.optional() };
const cellFigure = z
  .object({ ...figureFields, breakdown: z.record(z.string(), z.object(figureFields)).optional() })
  .nullable();
shape(
  'ReportForm',
  "A unit's month as it is entered: what each of its cells says, and the revision that the next one is to follow",
  z.object({
    unit: z.string(),
    name: z.string(),
    period: z.string(),
    deadline: instant.meta({ description: 'the last instant that is on time' }),
    isLocked: z.boolean().meta({ description: 'what is entered is held until the province decides' }),
    isConfigured: z.boolean().meta({ description: 'whether this installation takes what is entered' }),
    cells: z.array(
      z.object({
        indicator,
        figure: cellFigure.meta({ description: 'what the cell says; null: nothing' }),
        held: z.object({ figure: cellFigure }).nullable().meta({ description: 'the correction that waits' }),
        revision: count.meta({ description: 'the greatest that was ever said of the cell; 0: none' }),
      }),
    ),
  }),
);

// Whether numbers can be of the indicator the checks of events say, with a place for each.
const entered = { numerator: z.number().optional(), denominator: z.number().optional(), value: z.number().optional() };
const seen = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const enteredCell = z.strictObject({
  indicator,
  seen: seen.meta({ description: 'the revision that the form showed' }),
  figure: z
    .strictObject({ ...entered, breakdown: z.record(z.string().max(64), z.strictObject(entered)).optional() })
    .nullable()
    .meta({ description: 'null takes the cell back' }),
});
const isOnce = (cells: readonly { readonly indicator: string }[]): boolean =>
  new Set(cells.map((cell) => cell.indicator)).size === cells.length;

export const enterReportSchema = z.union([
  z.strictObject({ cells: z.array(enteredCell).min(1).max(indicators.length).refine(isOnce, 'an indicator twice') }),
  z.strictObject({
    nothingArose: z.literal(true),
    cells: z.array(z.strictObject({ indicator, seen })).max(indicators.length).refine(isOnce, 'an indicator twice'),
  }),
]);
shape(
  'EnterReport',
  'Cells of one month, or that nothing arose in it; each with the revision that was seen',
  enterReportSchema,
);

const enteredFault = z.object({
  indicator: indicator.nullable().meta({ description: 'null: of the month as a whole' }),
  code: z.string(),
  pointer: z.string().meta({ description: 'the place in the event, as /data/numerator' }),
  detail: z.string(),
});
shape(
  'EnteredReport',
  'What the intake took of it; the figures follow as soon as they are through',
  z.object({
    unit: z.string(),
    period: z.string(),
    accepted: count,
    cells: z.array(
      z.object({
        indicator,
        revision: count,
        event: z.string().meta({ description: 'its id' }),
        isHeld: z.boolean().meta({ description: 'the month is locked: it waits for a decision' }),
      }),
    ),
    rejected: z.array(enteredFault),
  }),
);
shape(
  'ReportRefused',
  'Why nothing of it was taken (RFC 9457), with a place for each fault',
  z.object({
    type: z.string(),
    title: z.string(),
    status: count,
    code: z.string(),
    detail: z.string(),
    rejected: z.array(enteredFault),
  }),
);
