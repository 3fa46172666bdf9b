/** Suspicious figures, as the service answers them. */
import { answerOf, dashboard, type Schemas } from './api';

export type SuspiciousFigure = Schemas['SuspiciousFigure'];
/** Why a figure is to be asked about. */
export type Suspicion = Pick<SuspiciousFigure, 'reason' | 'field' | 'compared' | 'against'>;

/** The most that the service lists at once. */
export const MOST_SUSPICIOUS = 1000;

export const suspiciousPath = (unit: string) => `/v1/units/${encodeURIComponent(unit)}/suspicious`;

export const readSuspicious = (unit: string, window: string, signal: AbortSignal) => {
  const params = { path: { code: unit }, query: { window, limit: MOST_SUSPICIOUS } };
  return answerOf(dashboard.GET('/v1/units/{code}/suspicious', { params, signal }));
};
