/** How tables are ordered, as the address says it: `league.c.desc,provinces.late.asc`; a table that it does not name is in its own order. */
import type { Direction } from './search';

export interface Sorting {
  key: string;
  direction: Direction;
}

const one = /^([a-z]+)\.([A-Za-z_]+)\.(asc|desc)$/;

export const isSorting = (text: string): boolean => text !== '' && text.split(',').every((part) => one.test(part));

export function sortingOf(text: string | undefined, table: string): Sorting | undefined {
  for (const part of text?.split(',') ?? []) {
    const [, name, key, order] = one.exec(part) ?? [];
    if (name === table && key) return { key, direction: order === 'asc' ? 'ascending' : 'descending' };
  }
  return undefined;
}

/** The text with a table's order in place of the one that it had. */
export function withSorting(text: string | undefined, table: string, { key, direction }: Sorting): string {
  const others = (text ?? '').split(',').filter((part) => part && !part.startsWith(`${table}.`));
  return [...others, `${table}.${key}.${direction === 'ascending' ? 'asc' : 'desc'}`].join(',');
}
