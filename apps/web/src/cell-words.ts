/**
 * What the changes of a figure say of the cells below it: which word of a cell counts, what each of the others was beaten by, and what a
 * unit's months hold.
 *
 * Of a cell's reports the greatest by revision, then the sender's time, then the id counts (docs/contracts.md, "Events"). The service lists those
 * that were the cell's word at some time; one that came later and ranked lower changed nothing and is not among them.
 */
import type { Figure, FigureChange } from './api';

/** By what a report beat the one before it; `decision`: a lock, what was accepted, or a reopening says so. */
type BeatenBy = 'revision' | 'time' | 'id' | 'decision';

/** `counts`: the cell's word now. */
export type Standing = 'counts' | { by: BeatenBy; revision: number | undefined };

const cellOf = ({ unit, period }: FigureChange): string => `${unit} ${period}`;

const byWhat = (winner: FigureChange, beaten: FigureChange): BeatenBy => {
  if (winner.cause === 'decision' || !winner.event || !beaten.event) return 'decision';
  if (winner.event.revision !== beaten.event.revision) return 'revision';
  return winner.event.time === beaten.event.time ? 'id' : 'time';
};

/** @param changes newest first. What came after the instant that is looked at has no standing. */
export function standingsOf(changes: readonly FigureChange[], asOf: string | undefined): (Standing | undefined)[] {
  const winners = new Map<string, FigureChange>();
  return changes.map((change) => {
    if (asOf !== undefined && change.at > asOf) return undefined;
    const winner = winners.get(cellOf(change));
    winners.set(cellOf(change), change);
    return winner ? { by: byWhat(winner, change), revision: winner.event?.revision } : 'counts';
  });
}

export interface UnitMonth {
  period: string;
  figure: Figure;
  /** Whether the window's figure holds it: of an indicator that is not summed only the newest month's. */
  counts: boolean;
}

/** What a unit's months say. @param changes of that unit's figure, newest first, every one of them */
export function monthsOf(
  changes: readonly FigureChange[],
  overTime: 'last' | 'sum',
  asOf: string | undefined,
): UnitMonth[] {
  const said = new Map<string, Figure | null>();
  for (const { at, period, after } of changes)
    if (!said.has(period) && (asOf === undefined || at <= asOf)) said.set(period, after);
  const live = [...said].filter((month): month is [string, Figure] => month[1] !== null).sort();
  return live.map(([period, figure], n) => ({
    period,
    figure,
    counts: overTime === 'sum' || n === live.length - 1,
  }));
}
