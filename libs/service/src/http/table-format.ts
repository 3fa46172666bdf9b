/** Which form of an answer is asked for by `Accept`: JSON, or the same as a table. */
export type TableFormat = 'csv' | 'xlsx' | 'ndjson';

export const mediaTypes: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ndjson: 'application/x-ndjson',
};

/** The form that a header prefers, by its weights (RFC 9110, 12.5.1); undefined: JSON, also where anything is welcome. */
export const formatIn = (accept: string | undefined): TableFormat | undefined => {
  let best: { readonly format: TableFormat | undefined; readonly weight: number } | undefined;
  for (const range of accept?.split(',') ?? []) {
    const [type, ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const format = (Object.keys(mediaTypes) as TableFormat[]).find((each) => mediaTypes[each] === type);
    if (format === undefined && !JSON_OR_ANY.has(type)) continue;
    const weight = Number(/^q=([\d.]+)$/.exec(parameters.find((each) => each.startsWith('q=')) ?? '')?.[1] ?? 1);
    if (weight > (best?.weight ?? 0)) best = { format, weight };
  }
  return best?.format;
};
const JSON_OR_ANY: ReadonlySet<string> = new Set(['application/json', 'application/*', '*/*']);
