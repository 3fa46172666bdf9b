/** Suspicious figures, as the service answers them. */
import { readJson, type Figure } from './api';

type SuspicionReason = 'contradicts' | 'fell' | 'zero' | 'jump' | 'repeated';

/** Why a figure is to be asked about. */
export interface Suspicion {
  reason: SuspicionReason;
  /** Which number of it. */
  field: 'numerator' | 'denominator' | 'value';
  /** What it was compared with. */
  compared: number;
  /** The other indicator that it contradicts. */
  against: string | null;
}

export interface SuspiciousFigure extends Suspicion, Figure {
  unit: string;
  name: string;
  period: string;
  indicator: string;
  percent: number | null;
}

interface SuspiciousList {
  /** How many there are, beyond those that are listed too. */
  total: number;
  items: SuspiciousFigure[];
}

/** The most that the service lists at once. */
export const MOST_SUSPICIOUS = 1000;

export const suspiciousPath = (unit: string) => `/v1/units/${encodeURIComponent(unit)}/suspicious`;

export const readSuspicious = (unit: string, window: string, signal: AbortSignal) =>
  readJson<SuspiciousList>(suspiciousPath(unit), { window, limit: String(MOST_SUSPICIOUS) }, signal);
