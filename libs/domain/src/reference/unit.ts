/**
 * Administrative units: the country, 34 provinces, 3,321 communes (Quyết định 19/2025/QĐ-TTg).
 *
 * A reporting unit is a commune or a province; a province's own report is one more reporting unit under that province.
 * Codes are text: leading zeros matter. The index of a reporting unit is its place in `reportingUnits`.
 */
import { reference } from './data.js';
import type { Indicator, Level } from './reference.types.js';

export interface Unit {
  readonly code: string;
  readonly name: string;
  readonly fullName: string;
  readonly level: 'country' | Level;
  readonly parent: string;
  readonly unitType: string;
}

export const COUNTRY = 'VN';

export const units: readonly Unit[] = reference.units.rows.map(([code, name, fullName, level, parent, unitType]) => ({
  code,
  name,
  fullName,
  level: level as Unit['level'],
  parent,
  unitType,
}));

const byCode = new Map(units.map((unit) => [unit.code, unit]));
export const reportingUnits: readonly Unit[] = units.filter((unit) => unit.level !== 'country');
const indexes = new Map(reportingUnits.map((unit, index) => [unit.code, index]));

export const unitOf = (code: string): Unit | undefined => byCode.get(code);
/** Index of a commune or province among the reporting units; undefined for anything else, the country too. */
export const reportingUnitIndex = (code: string): number | undefined => indexes.get(code);

export const provinces: readonly Unit[] = units.filter((unit) => unit.level === 'province');

/** The province that a reporting unit's figures go to: its own code for a province. */
export const provinceOf = (unit: Unit): string => (unit.level === 'province' ? unit.code : unit.parent);

/** Whether a reporting unit is the province itself or one of its communes. */
export const isOfProvince = (unit: Unit, province: string): boolean => provinceOf(unit) === province;

const children = new Map<string, Unit[]>();
for (const unit of units) children.set(unit.parent, [...(children.get(unit.parent) ?? []), unit]);
export const childrenOf = (code: string): readonly Unit[] => children.get(code) ?? [];

/** The reporting units whose figures a unit adds up: itself, a province with its communes, or all. */
export const reportersOf = (unit: Unit): readonly Unit[] => {
  if (unit.level === 'country') return reportingUnits;
  return unit.level === 'province' ? [unit, ...childrenOf(unit.code)] : [unit];
};

/** How many units ought to report an indicator under `unit` (contracts.md, `reporting.expected`). */
export const expectedReporters = (unit: Unit, indicator: Indicator): number => {
  if (unit.level === 'commune') return 1;
  const provinceCount = unit.level === 'country' ? provinces.length : 1;
  const communeCount =
    unit.level === 'country' ? reportingUnits.length - provinces.length : childrenOf(unit.code).length;
  const counts: Record<Level, number> = { province: provinceCount, commune: communeCount };
  return indicator.reported_by.reduce((total, level) => total + counts[level], 0);
};

const renamed = reference.units.changes;

/** A unit with the name and type in force on a day (`YYYY-MM-DD`): 25 units changed status after 1 July 2025. */
export const unitOn = (unit: Unit, day: string): Unit => {
  const change = renamed.filter(([code, , , from]) => code === unit.code && from <= day).at(-1);
  return change === undefined ? unit : { ...unit, fullName: change[1], unitType: change[2] };
};
