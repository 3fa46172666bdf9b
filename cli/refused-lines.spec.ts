import { RefusedLines } from './refused-lines.js';

describe('the refused lines of a file', () => {
  it('are named by number, in order, twenty at most; all are counted by code', () => {
    const refused = new RefusedLines();
    for (let line = 25; line > 0; line -= 1) refused.add({ line, code: line > 3 ? 'SCHEMA' : 'TOO_LARGE', detail: '' });
    const report = refused.report();
    expect(report[0]).toBe('Bị từ chối / refused: 25');
    expect(report.slice(1, 21)).toEqual(
      Array.from({ length: 20 }, (_, n) => `  dòng / line ${n + 1}: ${n < 3 ? 'TOO_LARGE' : 'SCHEMA'}`),
    );
    expect(report.slice(21)).toEqual(['  … và 5 dòng nữa / and 5 more', '  SCHEMA 22', '  TOO_LARGE 3']);
  });

  it('are none where nothing was refused', () => {
    expect(new RefusedLines().report()).toEqual(['Bị từ chối / refused: 0']);
  });
});
