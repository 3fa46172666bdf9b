/** province-rollups and national-rollups: every rollup of a window (record.ts says what holds of every record). */
import { rollupsFrom, tuplesFrom, unitOf, type Rollup, type RollupTuple, type UnitReports } from '#domain';
import { RECORD_VERSION } from './record-version.js';
import { openRecord, readable, valuesOf } from './record.js';

interface Head {
  readonly v: number;
  readonly g: number;
  readonly unit: string;
  readonly window: string;
  /** Indicators whose rollup changed since the record before. */
  readonly changed: readonly string[];
}
/** A province's or the country's window: every rollup of it. */
export interface WindowRollups extends Head {
  readonly reports?: UnitReports;
  readonly items: readonly Rollup[];
}

export const windowRollupsKey = (unit: string, window: string): string => `${unit}|${window}`;

/** @param window with its rollups (rollup-text.ts) and its `UnitReports` as JSON text */
export const encodeWindowRollups = ({
  g,
  unit,
  window,
  changed,
  reports,
  items,
}: Omit<Head, 'v'> & { readonly items: string; readonly reports?: string }): string => {
  const head = JSON.stringify({ v: RECORD_VERSION, g, unit, window, changed }).slice(0, -1);
  const parts = reports === undefined ? '' : `,"reports":${reports}`;
  return `${head}${parts},"items":${items}}`;
};

/** How far the reports of a window have come, its rollups left unread. */
export const decodeWindowReports = (text: string, generation?: number): Omit<WindowRollups, 'items'> | undefined => {
  const window = readWindowRollups(text, generation);
  if (window === undefined) return undefined;
  const { items: _, reports, ...head } = window;
  return readable(() => ({
    ...head,
    ...(reports === undefined ? {} : { reports: JSON.parse(reports) as UnitReports }),
  }));
};

export const decodeWindowRollups = (text: string, generation?: number): WindowRollups | undefined => {
  const window = readWindowRollups(text, generation);
  const unit = window && unitOf(window.unit);
  if (window === undefined || unit === undefined) return undefined;
  const { items, reports, ...head } = window;
  return readable(() => ({
    ...head,
    ...(reports === undefined ? {} : { reports: JSON.parse(reports) as UnitReports }),
    items: rollupsFrom(unit, items),
  }));
};

/** A window's rollups in short, for one who adds them up. */
export const decodeWindowTuples = (
  text: string,
  generation?: number,
): (Head & { readonly items: readonly RollupTuple[] }) | undefined => {
  const window = readWindowRollups(text, generation);
  return window && readable(() => ({ ...window, items: tuplesFrom(window.items) }));
};

/** A window with its rollups and its `UnitReports` left as JSON text. */
export const readWindowRollups = (
  text: string,
  generation?: number,
): (Head & { readonly items: string; readonly reports?: string }) | undefined => {
  const members = openRecord(text, 'items', generation);
  const items = members?.get('items');
  if (members === undefined || items === undefined) return undefined;
  const reports = members.get('reports');
  return readable(() => ({
    ...valuesOf<Head>(members, ['v', 'g', 'unit', 'window', 'changed']),
    ...(reports === undefined ? {} : { reports }),
    items,
  }));
};
