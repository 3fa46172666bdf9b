/**
 * The month on which the home of a province or a commune opens.
 *
 * A month is due some days after its period is over (Nghị định 09/2019/NĐ-CP, articles 12 and 13), when the next one has begun already. Until
 * then the month that is over is the one that is due next, and after that it is overdue as long as a report of it is missing or partial. Only
 * where nothing is left of it the running month is shown.
 */
import type { Completeness } from './api';
import { neighbour, parseWindow } from './window';

/** The month before; undefined where no report is taken for it. */
export function monthBefore(month: string, now: Date): string | undefined {
  const window = parseWindow(month);
  return window && neighbour(window, -1, now)?.code;
}

/**
 * @param running the month that it is
 * @param before how far the reports of the month before are; undefined: there is none
 * @param level whose home it is: a province waits for its communes' reports and for its own
 */
export function homeMonth(
  running: string,
  before: Pick<Completeness, 'window' | 'expected' | 'complete' | 'deadlines'> | undefined,
  level: 'commune' | 'province',
  now: number,
): string {
  if (before?.deadlines === undefined) return running;
  const isDue = now <= Date.parse(before.deadlines[level]);
  return isDue || before.complete < before.expected ? before.window : running;
}
