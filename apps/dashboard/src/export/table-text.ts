/** Tables as text: CSV (RFC 4180, with a byte order mark, so that Excel reads Vietnamese) and newline-delimited JSON with every column in every line. */
import { toExactJson } from '#domain';
import type { Cell, Table } from './table.js';

const MARK = '\ufeff';
const END = '\r\n';

export const csvOf = ({ columns, rows }: Table): string =>
  MARK + [columns, ...rows].map((row) => row.map(fieldOf).join(',') + END).join('');

const fieldOf = (value: Cell): string => {
  const text = typeof value === 'string' ? withoutFormula(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** What begins like a formula is read as one by spreadsheets; no text of ours does, an event's id may. */
const withoutFormula = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export const ndjsonOf = ({ columns, rows }: Table): string =>
  rows.map((row) => `${toExactJson(Object.fromEntries(columns.map((column, n) => [column, row[n]])))}\n`).join('');
