/** Suspicious cells of what is stored now, and how they are shown: in the list of a unit, and in a unit's year. */
import {
  cellFigureOf,
  indicators,
  monthsOfWindow,
  percentOf,
  suspiciousCells,
  windowYear,
  type CellFigure,
  type SuspiciousCell,
  type Suspicion,
  type Unit,
} from '#domain';
import type { RollupReader } from '#store';

interface CellOfUnit extends SuspiciousCell {
  readonly unit: Unit;
  readonly figure: readonly (number | null)[];
}

/** Of some reporting units and the months of a window, the newest month first. */
export const suspiciousIn = async (
  reader: RollupReader,
  units: readonly Unit[],
  window: number,
): Promise<readonly CellOfUnit[]> => {
  const year = windowYear(window);
  const cells = await reader.cells(units, [year - 1, year]);
  const found = units.flatMap((unit) =>
    suspiciousCells((month) => cells(unit, month), monthsOfWindow(window)).map((cell) => ({
      ...cell,
      unit,
      figure: cells(unit, cell.month)?.[indicators[cell.indicator].code] ?? [],
    })),
  );
  return found.sort((a, b) => b.month - a.month);
};

/** Why, for a reader: which number, and what it was compared with. */
export const suspicionView = ({ reason, field, compared, against }: Suspicion) => ({
  ...{ reason, field, compared },
  against: against === undefined ? null : indicators[against].code,
});

export const figureView = (cell: Pick<CellOfUnit, 'indicator' | 'figure'>) => {
  const { breakdown: _parts, ...figure } = cellFigureOf(cell) as CellFigure;
  return { ...figure, percent: percentOf(figure) };
};
