import { withoutSuffix } from './table-path.js';

const asked = (url: string) => {
  const request = { url, headers: {} as Record<string, string> };
  return [withoutSuffix(request), request.headers.accept];
};

describe('a path that ends in the form of a table', () => {
  it('is the path without it, asked for in that form', () => {
    expect(asked('/v1/rollups.csv?unit=01&window=2026-Q1')).toEqual(['/v1/rollups?unit=01&window=2026-Q1', 'text/csv']);
    expect(asked('/v1/units/01/children.ndjson?window=2026')).toEqual([
      '/v1/units/01/children?window=2026',
      'application/x-ndjson',
    ]);
    expect(asked('/v1/rollups/monthly.csv')).toEqual(['/v1/rollups/monthly', 'text/csv']);
    expect(asked('/v1/units/01/suspicious.xlsx?window=2026')[0]).toBe('/v1/units/01/suspicious?window=2026');
    expect(asked('/v1/summaries.csv')).toEqual(['/v1/summaries', 'text/csv']);
  });

  it('is left alone where it is a document, a file of the page, or no list', () => {
    for (const url of ['/v1/summaries/VN-2026-Q1-r1.xlsx', '/app.csv', '/v1/me.csv', '/v1/rollups?unit=a.csv'])
      expect(asked(url)).toEqual([url, undefined]);
  });
});
