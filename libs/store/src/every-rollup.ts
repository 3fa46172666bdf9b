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
import { exactNumbers, RollupReader } from './rollup-reader.js';
import { unitYearModel, windowModel, type UnitYearDocument } from './schemas.js';

export interface UnitRollup extends Rollup {
  readonly unit: string;
  readonly window: string;
}

/** Streams the rollups that readers see: the country's and the provinces' as stored, the communes' made from their years. */
export async function* everyRollup(connection: Connection): AsyncGenerator<UnitRollup> {
  const generation = await new RollupReader(connection, () => 0).generation();
  for await (const { unit, window, items } of windowModel(connection, generation).find().lean().cursor()) {
    for (const rollup of exactNumbers(items)) yield { unit, window, ...rollup };
  }
  for await (const document of unitYearModel(connection, generation).find().lean<UnitYearDocument>().cursor()) {
    yield* rollupsOfYear(document);
  }
}

function* rollupsOfYear({ unit: code, year, months }: UnitYearDocument): Generator<UnitRollup> {
  const unit = unitOf(code);
  const first = windowIndex(`${year}-01`);
  if (unit?.level !== 'commune' || first === undefined) return;
  for (let window = first; window < first + WINDOWS_PER_YEAR; window += 1) {
    if (!monthsOfWindow(window).some((month) => monthCode(month).slice(5) in months)) continue;
    const rollups = unitRollups(unit, window, (month) => months[month.slice(5)]?.cells);
    for (const rollup of rollups) yield { unit: code, window: windowCode(window), ...rollup };
  }
}
