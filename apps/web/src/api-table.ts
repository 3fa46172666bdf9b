/** The table of a unit's children by indicators, as the service answers it. */
import { asOfQuery, readJson, type Figure, type Indicator, type Place, type Rollup, type Target } from './api';

export interface Cell extends Figure {
  indicator: string;
  percent: number | null;
  reporting: Rollup['reporting'];
  target: Target | null;
  attained: boolean | null;
  /** In points; less than 0: below the target. */
  gap: number | null;
  before: (Figure & { percent: number | null }) | null;
}

export interface TableRow {
  unit: string;
  name: string;
  hasPlan: boolean;
  items: Cell[];
}

/** A row's cell of one indicator. */
export interface IndicatorRow extends Pick<TableRow, 'unit' | 'name'> {
  cell: Cell | undefined;
}

export interface Table {
  /** The window that figures are compared with. */
  before: string | null;
  rows: TableRow[];
}

export const readTable = ({ unit, window, asOf }: Place, group: Indicator['group'], signal: AbortSignal) =>
  readJson<Table>(`/v1/units/${encodeURIComponent(unit)}/table`, { window, group, ...asOfQuery(asOf) }, signal);
