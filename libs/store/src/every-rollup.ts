/**
 * Every rollup of every unit that is stored, for comparing the whole with a recomputation.
 */
import type { Connection } from 'mongoose';
import {
  monthCode,
  monthsOfWindow,
  unitOf,
  unitRollups,
  windowCode,
  windowIndex,
  WINDOWS_PER_YEAR,
  type Rollup,
} from '#domain';
import { RollupReader } from './rollup-reader.js';
import {
  known,
  storedCells,
  storedItems,
  unitYearModel,
  windowModel,
  type UnitYearDocument,
  type WindowDocument,
} from './schemas.js';

export interface UnitRollup extends Rollup {
  readonly unit: string;
  readonly window: string;
}

/** Streams the rollups that readers see: the country's and the provinces' as stored, the communes' made from their years. */
export async function* everyRollup(connection: Connection): AsyncGenerator<UnitRollup> {
  const generation = await new RollupReader(connection, () => 0).generation();
  for await (const document of windowModel(connection, generation).find().lean<WindowDocument>().cursor()) {
    const { unit, window } = document;
    for (const rollup of storedItems(known(document))) yield { unit, window, ...rollup };
  }
  for await (const document of unitYearModel(connection, generation).find().lean<UnitYearDocument>().cursor()) {
    yield* rollupsOfYear(known(document));
  }
}

/** The rollups of a commune, made from its year. */
export function* rollupsOfYear({ unit: code, year, months }: UnitYearDocument): Generator<UnitRollup> {
  const unit = unitOf(code);
  const first = windowIndex(`${year}-01`);
  if (unit?.level !== 'commune' || first === undefined) return;
  const cells = new Map(Object.entries(months).map(([month, stored]) => [month, storedCells(stored)]));
  for (let window = first; window < first + WINDOWS_PER_YEAR; window += 1) {
    if (!monthsOfWindow(window).some((month) => cells.has(monthCode(month).slice(5)))) continue;
    const rollups = unitRollups(unit, window, (month) => cells.get(month.slice(5)));
    for (const rollup of rollups) yield { unit: code, window: windowCode(window), ...rollup };
  }
}
