export * from './app-error.js';
export * from './reference/calendar.js';
export * from './reference/catalogue.js';
export { InvalidReference } from './reference/data.js';
export * from './reference/plans.js';
export * from './status/deadline.js';
export * from './cell/cell.js';
export * from './cell/cell-table.js';
export * from './status/completeness.js';
export * from './event/event-check.js';
export {
  base64TextOf,
  MAX_ATTRIBUTE_BYTES,
  MAX_AHEAD_MS,
  MAX_TIME_CHARS,
  withoutMark,
} from './event/event-envelope.js';
export * from './exact/exact-json.js';
export * from './exact/figure.js';
export * from './event/instant.js';
export * from './reference/layout.js';
export * from './state/national-state.js';
export * from './window/period.js';
export * from './state/province-state.js';
export type { UnitMonth } from './state/unit-months.js';
export * from './status/unit-reports.js';
export * from './window/province-sums.js';
export * from './recomputation/recomputation.js';
export * from './event/refusal.js';
export * from './window/rollup-sums.js';
export * from './window/rollup-text.js';
export * from './window/rollup.js';
export * from './summary/summary.js';
export * from './summary/summary.types.js';
export * from './summary/summary-request.js';
export * from './summary/summary-schedule.js';
export * from './target/target.js';
export * from './exact/text-order.js';
export * from './summary/topic-offsets.js';
export * from './reference/unit.js';
export * from './event/unreadable.js';
export * from './window/unit-rollup.js';
