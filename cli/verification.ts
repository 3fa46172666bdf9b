/**
 * What readers see, held against a recomputation: every figure of a scope, the accounts and the refusals.
 *
 * A province is compared at a time and the country a window at a time, so memory holds the cells and one province's rollups.
 */
import {
  COUNTRY,
  provinceOf,
  provinces,
  reportersOf,
  toExactJson,
  unitOf,
  windowCode,
  WINDOWS_PER_YEAR,
  YEARS,
  type Recomputation,
  type Unit,
} from '#domain';
import {
  DECIDED,
  HISTORY,
  historyText,
  OWN_CELL,
  reportsText,
  storedFigures,
  UNIT_REPORTS,
  type Connection,
  type StoredFigures,
} from '#store';

export interface Difference {
  readonly unit: string;
  /** A window, or what else is compared of the unit. */
  readonly window: string;
  readonly indicator: string;
  readonly expected?: string;
  readonly found?: string;
}

/** Whose figures are compared: a unit's alone, or a province's with those of its units; undefined: everything. */
export type Scope = { readonly unit: Unit; readonly withUnits: boolean } | undefined;

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** The versions that the documents say. */
  readonly versions: StoredFigures;
}

/** Versions that documents may have: below these. */
export interface Bounds {
  readonly windows: number;
  readonly years: number;
}

export const compareFigures = async (
  connection: Connection,
  generation: number,
  recomputation: Recomputation,
  scope: Scope,
): Promise<Comparison> => {
  const versions: StoredFigures = { figures: new Map(), windowVersions: new Map(), yearVersions: new Map() };
  const differences: Difference[] = [];
  let compared = 0;
  for (const units of portionsOf(scope)) {
    const stored = await storedFigures(connection, generation, units);
    for (const [id, version] of stored.windowVersions) versions.windowVersions.set(id, version);
    for (const [id, version] of stored.yearVersions) versions.yearVersions.set(id, version);
    const expected = expectedFigures(recomputation, units);
    compared += expected.size;
    differences.push(...differencesOf(expected, stored.figures));
  }
  return { compared, differences, versions };
};

/** Units whose figures are compared at once: the country alone, each province with its communes. */
const portionsOf = (scope: Scope): Unit[][] => {
  if (scope === undefined) {
    return [[unitOf(COUNTRY) as Unit], ...provinces.map((province) => [...reportersOf(province)])];
  }
  return [scope.withUnits ? [...reportersOf(scope.unit)] : [scope.unit]];
};

const expectedFigures = (recomputation: Recomputation, units: readonly Unit[]): Map<string, string> => {
  const wanted = new Set(units.map(({ code }) => code));
  const expected = new Map<string, string>();
  const put = (window?: string) => {
    const rollups = recomputation.rollups(({ code }) => wanted.has(code), window);
    for (const [key, rollup] of rollups) expected.set(key, toExactJson(rollup));
  };
  if (!wanted.has(COUNTRY)) put();
  else for (let window = 0; window < YEARS * WINDOWS_PER_YEAR; window += 1) put(windowCode(window));
  for (const unit of units) {
    if (unit.level === 'province') putOwn(recomputation, unit, expected);
    if (unit.level !== 'country') putHistory(recomputation, unit, expected);
  }
  return expected;
};

/** What stands of a province besides its rollups: its own report, and how far its units have come. */
const putOwn = (recomputation: Recomputation, unit: Unit, expected: Map<string, string>): void => {
  for (const [place, cell] of recomputation.liveCells(unit)) {
    const [month, indicator] = place.split('|');
    expected.set(`${unit.code}|${month}|${OWN_CELL}${indicator}`, JSON.stringify(cell));
  }
  for (const [month, orders] of recomputation.decided(unit.code))
    expected.set(`${unit.code}|${month}|${DECIDED}`, JSON.stringify(orders));
  for (const [month, reports] of recomputation.reports(unit.code)) {
    expected.set(`${unit.code}|${month}|${UNIT_REPORTS}`, reportsText(reports));
  }
};

const putHistory = (recomputation: Recomputation, unit: Unit, expected: Map<string, string>): void => {
  for (const [place, words] of recomputation.histories(unit)) {
    const [month, indicator] = place.split('|');
    expected.set(`${unit.code}|${month}|${HISTORY}${indicator}`, historyText(words));
  }
};

const differencesOf = (expected: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): Difference[] => {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((key) => {
    if (expected.get(key) === found.get(key)) return [];
    const [unit, window, indicator] = key.split('|');
    return [{ unit, window, indicator, expected: expected.get(key), found: found.get(key) }];
  });
};

/** Documents that say a version which no record of their topic has: no later write would apply to them. */
export const versionDifferences = ({ windowVersions, yearVersions }: StoredFigures, bounds: Bounds): Difference[] => {
  const of = (versions: ReadonlyMap<string, unknown>, bound: number) =>
    [...versions].flatMap(([id, version]) => {
      if (Number.isSafeInteger(version) && (version as number) > 0 && (version as number) < bound) return [];
      const [unit, window] = id.split('|');
      return [{ unit, window, indicator: 'version', expected: `< ${bound}`, found: JSON.stringify(version) }];
    });
  return [...of(windowVersions, bounds.windows), ...of(yearVersions, bounds.years)];
};

/** Whether a unit's figures are part of a scope. */
export const isInScope = (scope: Scope, code: string | undefined): boolean => {
  if (scope === undefined) return true;
  const unit = unitOf(code ?? '');
  if (unit === undefined) return false;
  return unit === scope.unit || (scope.withUnits && unit.level === 'commune' && provinceOf(unit) === scope.unit.code);
};
