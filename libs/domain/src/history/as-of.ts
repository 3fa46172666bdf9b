/**
 * The figures of a province as of an instant: its cells as they were known then, added up by the rules that there are.
 *
 * A pure function of words and decisions: what is taken in later with a later receipt changes nothing of it.
 */
import type { Report } from '../cell/cell.js';
import type { MonthDecisions } from '../decision/month-decisions.js';
import { skylineOf, type Skyline } from '../cell/skyline.js';
import { ProvinceState } from '../state/province-state.js';

/** The words of a unit's month, in any order, by indicator. */
export const skylinesOf = (words: readonly Report[]): ReadonlyMap<number, Skyline> => {
  const cells = new Map<number, Report[]>();
  for (const word of words) {
    const held = cells.get(word.indicator);
    if (held === undefined) cells.set(word.indicator, [word]);
    else held.push(word);
  }
  return new Map(Array.from(cells, ([indicator, ofCell]) => [indicator, skylineOf(ofCell)]));
};

/** What the word of each cell of a unit's month was up to the instant as of which it is read, asked as of `at`. */
export const wordsUntil = (words: readonly Report[], decisions: MonthDecisions, at: number): readonly Report[] => {
  if (decisions.lockAt(at) === undefined) return words.filter(({ receivedAt }) => receivedAt <= at);
  return words.filter(({ unit, indicator, receivedAt }) => receivedAt <= decisions.readAsOf(unit, indicator, at));
};

/** Makes a province's state as of an instant, a unit's month after the other. */
export class ProvinceAsOf {
  private readonly made = new ProvinceState();

  /** @param at milliseconds since the epoch */
  constructor(private readonly at: number) {}

  take(words: readonly Report[], decisions: MonthDecisions): void {
    this.made.restore(wordsUntil(words, decisions, this.at));
  }

  end(): ProvinceState {
    this.made.endRestore();
    return this.made;
  }
}
