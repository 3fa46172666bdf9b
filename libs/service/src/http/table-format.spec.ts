import { formatIn } from './table-format.js';

describe('the form that a header asks for', () => {
  it.each([
    [undefined, undefined],
    ['*/*', undefined],
    ['application/json', undefined],
    ['text/html,application/xhtml+xml,*/*;q=0.8', undefined],
    ['text/csv', 'csv'],
    ['Text/CSV; charset=utf-8', 'csv'],
    ['text/csv;q=0.5, application/json', undefined],
    ['application/json;q=0.5, application/x-ndjson', 'ndjson'],
    ['text/csv;q=0', undefined],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1', 'xlsx'],
  ])('%s: %s', (accept, format) => expect(formatIn(accept)).toBe(format));
});
