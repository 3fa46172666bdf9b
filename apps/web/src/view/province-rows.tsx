/** A table of provinces, a row for each: its name opens it; the other cells are whoever's who shows them. */
import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSorting, type Column } from './sort-header';
import { UnitLink } from './unit-link';

interface Props<Row> {
  label: string;
  rows: Row[];
  columns: Column<Row>[];
  selected: string;
  cells: (row: Row) => ReactNode;
}

export function ProvinceRows<Row extends { unit: string; name: string }>(props: Props<Row>) {
  const { ordered, head } = useSorting(props.rows, props.columns, 'provinces');
  return (
    <div className="table-box table-provinces" tabIndex={0} role="region" aria-label={props.label}>
      <Table stickyHeader>
        {head}
        <Table.Tbody>
          {ordered.map((row) => (
            <Table.Tr
              key={row.unit}
              data-testid={`province-${row.unit}`}
              data-selected={row.unit === props.selected || undefined}
            >
              <Table.Th scope="row">
                <UnitLink unit={row.unit} name={row.name} />
              </Table.Th>
              {props.cells(row)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
