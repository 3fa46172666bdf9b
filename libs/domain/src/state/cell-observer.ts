/**
 * Who is told of changes of cells: what follows from cells observes them, and is made of nothing else.
 *
 * Millions of changes pass, so an observer is told in plain numbers, and nothing is made for the telling. A cell is the row of its unit's
 * month in the table and its indicator.
 */

/** Follows the figures: told before and after one is replaced, because a sum takes the old one off and adds the new one. */
export interface FigureObserver {
  /**
   * The table still holds the old figure.
   *
   * @param before which months of the year are live in the cell's unit and indicator, as bits (live-months.ts)
   * @param after the same once the new one is there
   */
  leaving(row: number, indicator: number, before: number, after: number): void;
  /** The table holds the new one. */
  entered(row: number, indicator: number, before: number, after: number): void;
}

/** Follows all that is known of a cell: its figure, where that comes from, when it was received, what it said before. */
export interface CellObserver {
  changed(row: number, indicator: number): void;
}
