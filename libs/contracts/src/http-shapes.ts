/**
 * What the dashboard answers, as shapes: the description of the API is made of them, and a test holds every answer against them.
 */
import { z } from 'zod';
import { suspicionReasons } from '#domain';
import { schemasOfShapes, shape } from './http-shape.js';
import { indicatorCode } from './indicator-shape.js';
import './decision-shapes.js';
import './entry-shapes.js';
import './reminder-shapes.js';
import './summary-shapes.js';

/** Sums may pass 2⁵³ and are plain JSON integers all the same. */
const whole = z.number().min(0).meta({ type: 'integer', format: 'int64' });
const count = z.number().min(0).meta({ type: 'integer' });
const instant = z.string().meta({ format: 'date-time' });
const percent = z.number().min(0).nullable();

const figureFields = { numerator: whole.optional(), denominator: whole.optional(), value: whole.optional() };
const figure = shape(
  'Figure',
  'Numerator and denominator of a ratio, or the value of a count or amount',
  z.object(figureFields),
);
const reporting = shape(
  'Reporting',
  'How many units ought to report, how many have in the window, how many for its last month',
  z.object({ expected: count, reported: count, current: count }),
);
const threshold = { op: z.enum(['>=', '>']), percent: z.number() };
const target = shape(
  'Target',
  "What the unit's own plan asks for: a percentage, or growth over the year before",
  z.union([
    z.object({
      ...threshold,
      scope: z.array(z.string()).optional(),
      byEnd: z.object(threshold).optional(),
      note: z.string().optional(),
    }),
    z.object({ trend: z.literal('increase_year_on_year'), note: z.string().optional() }),
  ]),
);
const targetFields = { target: target.nullable(), hasPlan: z.boolean(), attained: z.boolean().nullable() };
const rollupFields = {
  indicator: indicatorCode,
  ...figureFields,
  percent,
  breakdown: z.record(z.string(), figure),
  reporting,
  updatedAt: instant,
  ...targetFields,
};
const rollup = shape('Rollup', "An indicator's figure for a unit and a window", z.object(rollupFields));
shape(
  'Rollups',
  "A unit's rollups for a window",
  z.object({ unit: z.string(), window: z.string(), asOf: instant.optional(), items: z.array(rollup) }),
);

const child = shape(
  'Child',
  'A child of a unit; without a figure where it has not reported',
  z.object({
    ...rollupFields,
    unit: z.string(),
    name: z.string(),
    reported: z.boolean(),
    percent: percent.optional(),
    breakdown: rollupFields.breakdown.optional(),
    updatedAt: instant.optional(),
  }),
);
shape(
  'Children',
  'One row for each child of a unit',
  z.object({
    unit: z.string(),
    window: z.string(),
    indicator: indicatorCode,
    asOf: instant.optional(),
    items: z.array(child),
  }),
);

const cell = shape(
  'Cell',
  "An indicator's figure of a child, by how many points it is above the target, and what it was in the window before",
  z.object({
    indicator: indicatorCode,
    ...figureFields,
    percent,
    reporting,
    target: target.nullable(),
    attained: z.boolean().nullable(),
    gap: z.number().nullable(),
    before: z.object({ ...figureFields, percent }).nullable(),
  }),
);
shape(
  'Table',
  'One row for each child of a unit, with the indicators that exist; `before` is the window that they are compared with',
  z.object({
    unit: z.string(),
    window: z.string(),
    before: z.string().nullable(),
    asOf: instant.optional(),
    rows: z.array(z.object({ unit: z.string(), name: z.string(), hasPlan: z.boolean(), items: z.array(cell) })),
  }),
);

const event = z.object({ id: z.string(), revision: count, time: instant });
const amount = z.number().meta({ type: 'integer', format: 'int64' });
const signedFigure = shape(
  'Difference',
  'By how much a change moved the figure that was asked for',
  z.object({ numerator: amount.optional(), denominator: amount.optional(), value: amount.optional() }),
);
const change = shape(
  'Change',
  'A change of a cell: what it said before and after (null: nothing), and what that made of the figure',
  z.object({
    at: instant,
    unit: z.string(),
    period: z.string(),
    cause: z.enum(['event', 'decision']),
    event: event.nullable(),
    before: figure.nullable(),
    after: figure.nullable(),
    difference: signedFigure,
    total: figure,
  }),
);
shape(
  'History',
  'The changes that made a figure, newest first: their differences add up from nothing to it',
  z.object({
    unit: z.string(),
    window: z.string(),
    indicator: indicatorCode,
    items: z.array(change),
    next: z.string().optional(),
  }),
);

const suspicionFields = {
  reason: z.enum(suspicionReasons),
  field: z.enum(['numerator', 'denominator', 'value']).meta({ description: 'which number of the figure' }),
  compared: z.number().min(0).meta({
    description:
      'the median of the months before; of fell and repeated the month before; of contradicts the other figure',
  }),
  against: indicatorCode.nullable().meta({ description: 'of contradicts: the other indicator' }),
};
const suspicious = shape(
  'SuspiciousFigure',
  'A figure that somebody is to ask its unit about, and why',
  z.object({
    unit: z.string(),
    name: z.string(),
    period: z.string(),
    indicator: indicatorCode,
    ...figureFields,
    percent,
    ...suspicionFields,
  }),
);
shape(
  'SuspiciousFigures',
  'Those of a unit and of what is under it, the newest month first, and how many there are',
  z.object({ unit: z.string(), window: z.string(), total: count, items: z.array(suspicious) }),
);

const monthlyRollup = shape(
  'MonthlyRollup',
  "An indicator's figure for a unit and a month",
  z.object({ window: z.string(), indicator: indicatorCode, ...figureFields, percent, reporting, updatedAt: instant }),
);
shape(
  'MonthlyRollups',
  "A unit's figures month by month, the oldest month first",
  z.object({ unit: z.string(), from: z.string(), to: z.string(), items: z.array(monthlyRollup) }),
);

const cellEvent = z.object({ id: z.string(), revision: count, time: z.string(), receivedAt: instant });
const cellNumbers = z.object({ ...figureFields, breakdown: z.record(z.string(), figure).optional() });
const yearCell = shape(
  'YearCell',
  'A cell: what it says and by which event, in a locked month the correction that waits, what was refused of it and is not mended, and why it is suspicious',
  z.object({
    indicator: indicatorCode,
    state: z.enum(['missing', 'reported', 'corrected', 'nothingArose', 'takenBack']),
    figure: cellNumbers.nullable(),
    percent,
    event: cellEvent.nullable(),
    held: z.object({ figure: cellNumbers.nullable(), event: cellEvent }).nullable(),
    refused: z.object({ code: z.string(), pointer: z.string(), at: instant }).nullable(),
    flagged: z.object(suspicionFields).nullable(),
  }),
);
shape(
  'UnitYear',
  "A reporting unit's own reports, month by month: how each stands, its deadline, and its cells",
  z.object({
    unit: z.string(),
    name: z.string(),
    province: z.string(),
    year: z.string(),
    months: z.array(
      z.object({
        period: z.string(),
        status: z.enum(['onTime', 'late', 'partial', 'missing', 'ahead']),
        deadline: instant,
        isLocked: z.boolean(),
        cells: z.array(yearCell),
      }),
    ),
  }),
);

const countFields = {
  expected: count,
  reported: count,
  complete: count,
  onTime: count,
  late: count,
  partial: count,
  missing: count,
};
const deadlines = z.object({ commune: instant, province: instant });
shape(
  'Completeness',
  'Reports (unit × month) expected, in, complete, on time, late, partial and missing',
  z.object({
    unit: z.string(),
    window: z.string(),
    deadlines: deadlines.optional(),
    ...countFields,
    units: z.object({ late: z.array(z.string()), partial: z.array(z.string()), missing: z.array(z.string()) }),
    children: z.array(z.object({ unit: z.string(), name: z.string(), ...countFields })),
  }),
);

const statuses = ['onTime', 'late', 'partial', 'missing'] as const;
const monthCounts = z.object({
  period: z.string(),
  expected: count,
  ...(Object.fromEntries(statuses.map((status) => [status, count])) as Record<(typeof statuses)[number], typeof count>),
});
shape(
  'ReportCalendar',
  'What each report of a year is, unit by unit; ahead: its month has not begun',
  z.object({
    unit: z.string(),
    year: z.string(),
    months: z.array(monthCounts),
    items: z.array(
      z.object({
        unit: z.string(),
        name: z.string(),
        months: z.record(z.string(), z.enum([...statuses, 'ahead'])),
      }),
    ),
  }),
);

const origin = z.union([z.literal('http'), z.object({ topic: z.string(), partition: count, offset: z.string() })]);
const rejection = shape(
  'Rejection',
  'A refused event: why, where in it, and where it came from',
  z.object({
    unit: z.string().optional(),
    indicator: indicatorCode.optional(),
    period: z.string().optional(),
    mendedAt: instant.optional().meta({ description: 'when the unit reported the same figure again and was accepted' }),
    code: z.string(),
    pointer: z.string(),
    detail: z.string(),
    origin,
    receivedAt: instant,
  }),
);
shape(
  'Rejections',
  'Refused events, newest first',
  z.object({ unit: z.string().optional(), items: z.array(rejection) }),
);

shape(
  'AuditTrail',
  'Who did what, newest first, and where the next page begins',
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        what: z.string(),
        who: z
          .object({ id: z.string(), name: z.string(), kind: z.string(), roles: z.array(z.string()), unit: z.string() })
          .nullable(),
        unit: z.string().nullable(),
        at: instant,
        from: z.string().nullable(),
        outcome: z.string(),
        facts: z.record(z.string(), z.string()).optional(),
      }),
    ),
    next: z.string().optional(),
  }),
);

const level = z.enum(['country', 'province', 'commune']);
const unit = shape(
  'Unit',
  'An administrative unit, with the name in force today',
  z.object({
    code: z.string(),
    name: z.string(),
    fullName: z.string(),
    level,
    parent: z.string().nullable(),
    unitType: z.string(),
  }),
);
shape('Units', 'Administrative units', z.object({ items: z.array(unit) }));

const indicator = shape(
  'Indicator',
  'What is measured, in which shape, by whom',
  z.object({
    code: indicatorCode,
    letter: z.string().nullable(),
    name_vi: z.string(),
    name_en: z.string(),
    group: z.enum(['target', 'activity']),
    kind: z.enum(['ratio', 'count', 'amount']),
    over_time: z.enum(['last', 'sum']),
    reported_by: z.array(z.enum(['commune', 'province'])),
    unit: z.string(),
    source: z.string(),
    numerator_vi: z.string().optional(),
    denominator_vi: z.string().optional(),
    breakdown: z.array(z.string()).optional(),
    max_per_unit: count.optional(),
  }),
);
shape(
  'Catalogue',
  'The indicators',
  z.looseObject({
    version: z.string(),
    source: z.string(),
    indicators: z.array(indicator),
    /** Percent of the reports that are expected. */
    provisionalBelow: z.number().min(0).max(100),
  }),
);

const planTarget = z.looseObject({
  yearly: z.record(z.string(), z.object(threshold)).optional(),
  by_end: z.object(threshold).optional(),
  scope: z.array(z.string()).optional(),
  trend: z.literal('increase_year_on_year').optional(),
  note: z.string().optional(),
});
const plan = shape(
  'Plan',
  "A province's plan and its targets by indicator",
  z.looseObject({
    unit: z.string(),
    name: z.string(),
    issued: z.string(),
    from_year: count,
    to_year: count,
    standing_agency: z.string(),
    targets: z.record(z.string(), planTarget),
  }),
);
shape('Plans', "The provinces' plans", z.object({ plans: z.array(plan) }));

/** All of them, as schemas of OpenAPI 3.0. */
const someone = {
  name: z.string(),
  roles: z.array(z.enum(['reporter', 'signer', 'analyst', 'operator', 'auditor'])),
  unit: z.string(),
  unitName: z.string(),
  level: z.enum(['country', 'province', 'commune']),
  parent: z.string().nullable(),
};
const person = shape(
  'Person',
  'Whose request it is, the unit with the name that it has today, and what one may do for it',
  z.object({ ...someone, may: z.array(z.string()) }),
);
shape(
  'Me',
  'Who asks; where nobody does, null and, in a demonstration, whom one can sign in as',
  z.object({
    signedIn: person.nullable(),
    demoUsers: z.array(z.object({ id: z.string(), ...someone })).optional(),
  }),
);

shape(
  'SignedOut',
  'Signed out here, and not yet of the provider',
  z.object({ provider: z.url().meta({ description: 'where the browser is to go on to: it comes back to the page' }) }),
);

shape(
  'Sessions',
  'Where one is signed in, the newest first',
  z.object({
    items: z.array(
      z.object({
        session: z.string().meta({ description: 'what it is called when it is to be ended; opens nothing' }),
        began: instant,
        lastUsed: instant,
        from: z.string().nullable().meta({ description: 'the address that it was begun from' }),
        isThis: z.boolean(),
      }),
    ),
  }),
);
export const endSessionsSchema = z.union([
  z.strictObject({ session: z.string().min(1).max(64) }),
  z.strictObject({ others: z.literal(true) }),
]);
shape('EndSessions', 'Which session is to be ended, or all but the present one', endSessionsSchema);
shape('EndedSessions', 'How many have ended', z.object({ ended: count }));

export const httpSchemas = schemasOfShapes();
