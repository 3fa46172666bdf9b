/** The table of a unit's children by indicators, as the service answers it. */
import { answerOf, asOfQuery, dashboard, type Indicator, type Place, type Schemas } from './api';

/** `gap` is in points; less than 0: below the target. */
export type Cell = Schemas['Cell'];
/** `before` is the window that figures are compared with. */
export type Table = Schemas['Table'];
export type TableRow = Table['rows'][number];

/** A row's cell of one indicator. */
export interface IndicatorRow extends Pick<TableRow, 'unit' | 'name'> {
  cell: Cell | undefined;
}

export const readTable = ({ unit, window, asOf }: Place, group: Indicator['group'], signal: AbortSignal) => {
  const params = { path: { code: unit }, query: { window, group, ...asOfQuery(asOf) } };
  return answerOf(dashboard.GET('/v1/units/{code}/table', { params, signal }));
};
