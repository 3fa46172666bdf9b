/** Workbooks (XLSX) of a month, written and read in the browser: no server opens a file that somebody made. Loaded when one is asked for. */
import { readSheet } from 'read-excel-file/universal';
import writeWorkbook, { type Cell } from 'write-excel-file/browser';
import type { SheetRows } from './entry-sheet';
import { unpackedBytes } from './unpacked';

const MOST_BYTES = 1_000_000;
const MOST_UNPACKED = 10_000_000;
const widths = [18, 60, 22, 30, 12, 12, 18, 60];

/** Hands out the template. @param about lines of the second sheet */
export const saveTemplate = (
  name: string,
  rows: readonly (readonly (string | number | null)[])[],
  sheets: { figures: string; notes: string; about: readonly string[] },
): Promise<void> => {
  const data = rows.map((row, n) =>
    row.map((value): Cell => {
      if (value === null || value === '') return null;
      if (typeof value === 'number') return { value, format: '0' };
      return { value, type: String, ...(n < 3 && { fontWeight: 'bold' as const }), wrap: n >= 2 };
    }),
  );
  const notes = sheets.about.map((line): Cell[] => [{ value: line, type: String, wrap: true }]);
  return writeWorkbook([
    { data, sheet: sheets.figures, stickyRowsCount: 3, columns: widths.map((width) => ({ width })) },
    { data: notes, sheet: sheets.notes, columns: [{ width: 110 }] },
  ]).toFile(name);
};

/** The rows of the first sheet, or why the file is not read. */
export async function rowsOf(file: Blob): Promise<SheetRows | 'TOO_BIG' | 'NOT_WORKBOOK'> {
  if (file.size > MOST_BYTES) return 'TOO_BIG';
  const bytes = await file.arrayBuffer();
  const unpacked = unpackedBytes(bytes);
  if (unpacked === undefined) return 'NOT_WORKBOOK';
  if (unpacked > MOST_UNPACKED) return 'TOO_BIG';
  try {
    return (await readSheet(bytes)) as SheetRows;
  } catch {
    return 'NOT_WORKBOOK';
  }
}
