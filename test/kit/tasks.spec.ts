/** docs/tasks.md held to the tests that it names, and to three clicks. */
import { readFileSync } from 'node:fs';
import { testsNamedIn } from './named-tests.js';

const text = readFileSync('docs/tasks.md', 'utf8');
const testsOf = testsNamedIn(text);
const rows = [...text.matchAll(/^\| (.+?) *\| *(\d) \| (\[.+) \|$/gm)].map(([, task, clicks, test]) => ({
  task,
  clicks: Number(clicks),
  test,
}));

describe('docs/tasks.md', () => {
  it('has tasks of an officer, a clerk and an analyst', () => {
    expect(text.match(/^## /gm)).toHaveLength(3);
    expect(rows.length).toBe(text.match(/^\| [A-Z]/gm)?.length);
  });

  it.each(rows)('$task: in three clicks at most, by a test that there is', ({ clicks, test }) => {
    expect(clicks).toBeLessThanOrEqual(3);
    expect(testsOf(test)).toEqual([expect.objectContaining({ isThere: true })]);
  });
});
