/** A unit's figures month by month, as the service answers them. */
import { answerOf, dashboard, type Schemas } from './api';

export type MonthlyRollup = Schemas['MonthlyRollup'];

export const readMonthly = (unit: string, from: string, to: string, signal: AbortSignal) =>
  answerOf(dashboard.GET('/v1/rollups/monthly', { params: { query: { unit, from, to } }, signal }));
