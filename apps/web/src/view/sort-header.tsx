/** Sortable column heads: a button in each, and `aria-sort` on the column, so that keyboard and screen reader users can sort too. */
import { Table, UnstyledButton } from '@mantine/core';
import { useMemo } from 'react';
import { sorted, type Direction, type SortValue } from '../search';
import { sortingOf, withSorting, type Sorting } from '../sorting';
import { refine, useSortText } from '../use-page';

export interface Column<T> {
  key: string;
  name: string;
  valueOf: (row: T) => SortValue;
  numeric?: boolean;
  /** The order that the first click gives. */
  first?: Direction;
}

const turned: Record<Direction, Direction> = { ascending: 'descending', descending: 'ascending' };
const arrows: Record<Direction, string> = { ascending: '▲', descending: '▼' };

/** Rows in the chosen order, and the row of heads to choose it with. @param table its name in the address, which holds the order */
export function useSorting<T>(rows: T[], columns: Column<T>[], table: string) {
  const text = useSortText();
  const sorting = sortingOf(text, table) ?? { key: columns[0]?.key ?? '', direction: 'ascending' };
  const column = columns.find(({ key }) => key === sorting.key);
  const ordered = useMemo(
    () => (column ? sorted(rows, column.valueOf, sorting.direction) : rows),
    [rows, column, sorting.direction],
  );
  const choose = ({ key, first = 'ascending' }: Column<T>) =>
    refine({
      sort: withSorting(text, table, {
        key,
        direction: key === sorting.key ? turned[sorting.direction] : first,
      }),
    });
  const head = (
    <Table.Thead>
      <Table.Tr>
        {columns.map((entry) => (
          <Head key={entry.key} column={entry} sorting={sorting} choose={() => choose(entry)} />
        ))}
      </Table.Tr>
    </Table.Thead>
  );
  return { ordered, head };
}

function Head<T>({ column, sorting, choose }: { column: Column<T>; sorting: Sorting; choose: () => void }) {
  const active = column.key === sorting.key;
  return (
    <Table.Th
      scope="col"
      aria-sort={active ? sorting.direction : 'none'}
      className={column.numeric ? 'numeric' : undefined}
    >
      <UnstyledButton className="sort" onClick={choose}>
        {column.name}
        <span aria-hidden="true" className={active ? 'arrow' : 'arrow arrow-off'}>
          {active ? arrows[sorting.direction] : '▲'}
        </span>
      </UnstyledButton>
    </Table.Th>
  );
}
