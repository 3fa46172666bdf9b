/** docs/security.md held to the standard's numbers, to the tests that it names, and to what the code has. */
import { readFileSync } from 'node:fs';
import { requirements } from './asvs.js';
import { testsNamedIn, withoutBreaks } from './named-tests.js';
import { sourcesWithin } from './sources.js';

const text = readFileSync('docs/security.md', 'utf8');
const partOf = (heading: string): string => {
  const [, part] = text.split(`\n## ${heading}\n`);
  if (part === undefined) throw new Error(`docs/security.md has no part ${heading}`);
  return part.split('\n## ')[0];
};

const testsOf = testsNamedIn(text);

interface Row {
  readonly id: string;
  readonly cells: readonly string[];
}
const rows: readonly Row[] = [...partOf('What applies').matchAll(/^\| (\d+\.\d+\.\d+) \|(.*)\|$/gm)].map(
  ([, id, rest]) => ({ id, cells: rest.split(' | ').map((cell) => cell.trim()) }),
);
const left = partOf('What does not apply')
  .split('\n- ')
  .flatMap((item) => [.../^\*\*([\d., ]+)\*\*: (.+)$/g[Symbol.matchAll](withoutBreaks(item).trim())])
  .flatMap(([, ids, why]) => ids.split(', ').map((id) => ({ id, why })));

describe('docs/security.md', () => {
  it('has each requirement of the standard once', () => {
    const named = [...rows, ...left].map(({ id }) => id);
    expect(requirements.filter((id) => !named.includes(id))).toEqual([]);
    expect(named.filter((id, n) => named.indexOf(id) !== n || !requirements.includes(id))).toEqual([]);
  });

  it('has no empty cell', () => {
    expect(rows.filter(({ cells }) => cells.length !== 3 || cells.includes('')).map(({ id }) => id)).toEqual([]);
    expect(left.filter(({ why }) => why.length < 7)).toEqual([]);
  });

  it.each(rows.map(({ id, cells }) => [id, cells[2]]))('%s names tests that there are: %s', (_id, cell) => {
    const tests = testsOf(cell);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter(({ isThere }) => !isThere)).toEqual([]);
  });

  it.each([
    'What is protected',
    'Ways in',
    'Sessions',
    'Keys and algorithms',
    'What talks to what',
    'What is written down',
    'What costs much',
    'Repair times',
  ])('says what the standard asks to have documented: %s', (heading) => {
    expect(partOf(heading).trim().length).toBeGreaterThan(200);
  });

  const found = (pattern: RegExp): ReadonlySet<string> =>
    new Set(
      sourcesWithin(/^(apps|libs|cli|stack)\//).flatMap(({ text: source }) =>
        [...source.matchAll(pattern)].map(([, name]) => name),
      ),
    );

  it('lists every algorithm that the code names', () => {
    const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');
    const listed = plain(partOf('Keys and algorithms'));
    const named = found(/(?:createHash|createHmac)\('([^']+)'/g);
    const ciphers = found(/['"](aes-\d+-\w+|chacha20[\w-]*)['"]/g);
    const unlisted = [...named, ...ciphers].filter((name) => !listed.includes(plain(name)));
    expect([...ciphers]).toEqual(['aes-256-gcm']);
    expect(unlisted).toEqual([]);
  });

  it('names every address that the configuration has', () => {
    const addresses = found(/\b([A-Z][A-Z0-9_]*_(?:URI|BROKERS|ISSUER|ENDPOINT|URL))\b/g);
    const listed = `${partOf('What talks to what')}${partOf('Sessions')}`;
    const ours = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'PUBLIC_URL', 'DASHBOARD_URL', 'INTAKE_URL'];
    expect([...addresses].filter((name) => !listed.includes(name) && !ours.includes(name))).toEqual([]);
  });
});
