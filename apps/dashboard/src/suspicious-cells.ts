/** Suspicious cells of what is stored now, and how they are shown: in the list of a unit, and in a unit's year. */
import { Injectable } from '@nestjs/common';
import {
  cellFigureOf,
  comparedMonths,
  indicators,
  monthsOfWindow,
  percentOf,
  suspiciousCells,
  windowYear,
  type CellFigure,
  type MonthCells,
  type SuspiciousCell,
  type Suspicion,
  type Unit,
} from '#domain';
import { RollupReader } from '#store';

interface CellOfUnit extends SuspiciousCell {
  readonly unit: Unit;
  readonly figure: readonly (number | null)[];
}

type MonthOf = (month: number) => MonthCells | undefined;

interface Found {
  readonly compared: readonly (MonthCells | undefined)[];
  readonly cells: readonly SuspiciousCell[];
}

/**
 * What was found in a month's cells. The reader hands out the same object as long as a unit's year is the same, so a month is looked at again only
 * when it or one that it is compared with was read anew: of a province a few communes at a time, of some hundred thousand figures a few hundred.
 */
export class FoundSuspicious {
  private readonly found = new WeakMap<MonthCells, Found>();

  /** @param monthOf the unit's live cells of a month, by its index */
  of(monthOf: MonthOf, month: number): readonly SuspiciousCell[] {
    const live = monthOf(month);
    if (live === undefined) return [];
    const compared = comparedMonths(month).map(monthOf);
    const before = this.found.get(live);
    if (before?.compared.every((each, n) => each === compared[n])) return before.cells;
    const cells = suspiciousCells(monthOf, month);
    this.found.set(live, { compared, cells });
    return cells;
  }
}

@Injectable()
export class SuspiciousFigures {
  private readonly found = new FoundSuspicious();

  constructor(private readonly reader: RollupReader) {}

  /** Of some reporting units and the months of a window, the newest month first. */
  async in(units: readonly Unit[], window: number): Promise<readonly CellOfUnit[]> {
    const year = windowYear(window);
    const cells = await this.reader.cells(units, [year - 1, year]);
    const found = units.flatMap((unit) => this.ofUnit(unit, (month) => cells(unit, month), window));
    return found.sort((a, b) => b.month - a.month);
  }

  private ofUnit(unit: Unit, monthOf: MonthOf, window: number): CellOfUnit[] {
    return monthsOfWindow(window).flatMap((month) =>
      this.found.of(monthOf, month).map((cell) => {
        const figure = monthOf(month)?.[indicators[cell.indicator].code] ?? [];
        return { ...cell, unit, figure };
      }),
    );
  }
}

/** Why, for a reader: which number, and what it was compared with. */
export const suspicionView = ({ reason, field, compared, against }: Suspicion) => ({
  ...{ reason, field, compared },
  against: against === undefined ? null : indicators[against].code,
});

export const figureView = (cell: Pick<CellOfUnit, 'indicator' | 'figure'>) => {
  const { breakdown: _parts, ...figure } = cellFigureOf(cell) as CellFigure;
  return { ...figure, percent: percentOf(figure) };
};
