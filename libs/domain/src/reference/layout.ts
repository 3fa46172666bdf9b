/**
 * Slots: where the numbers of a figure stand in a flat array.
 *
 * A unit's month has 29 cells with at most 76 numbers between them. Kept as plain doubles in one array instead of objects
 * of objects, five million cells fit in a worker, and adding up is a loop. An indicator's slots are its total's fields,
 * then the fields of each breakdown category in catalogue order.
 */
import { fieldsOf, indicators, type Field } from './catalogue.js';

export interface Slots {
  /** First slot of the indicator in a row of all indicators. */
  readonly start: number;
  readonly fields: readonly Field[];
  readonly categories: readonly string[];
  /** Slots of total and categories together. */
  readonly width: number;
  /** First of the indicator's category counters in a row of all category counters. */
  readonly categoryStart: number;
}

const build = (): readonly Slots[] => {
  let start = 0;
  let categoryStart = 0;
  return indicators.map((indicator) => {
    const fields = fieldsOf(indicator);
    const categories = indicator.breakdown ?? [];
    const slots = { start, fields, categories, width: fields.length * (1 + categories.length), categoryStart };
    start += slots.width;
    categoryStart += categories.length;
    return slots;
  });
};

export const layout: readonly Slots[] = build();
const last = layout[layout.length - 1];
/** Numbers in a row of all indicators. */
export const ROW_WIDTH = last.start + last.width;
/** Category counters in a row of all indicators. */
export const CATEGORY_WIDTH = last.categoryStart + last.categories.length;
