/** What is said of metrics and alerts is so: each metric has its line in the docs, each alert its metrics and its section. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

const docs = readFileSync('docs/metrics.md', 'utf8');
const runbook = readFileSync('docs/runbook.md', 'utf8');
const { groups } = parse(readFileSync('docs/alerts.rules.yml', 'utf8')) as { groups: { rules: Rule[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'web' ? [] : sources(path);
    return path.endsWith('.ts') && !path.endsWith('.spec.ts') ? [path] : [];
  });
const NAME = /'((?:tonghop|messaging|http_server)_[a-z_]+)'/g;
const registered = new Set(
  [...sources('apps'), ...sources('libs')].flatMap((path) => {
    const text = readFileSync(path, 'utf8');
    return [...text.matchAll(NAME)].map(([, name]) => name).filter((name) => !/_(name|code|method|route)$/.test(name));
  }),
);

/** As GitHub makes anchors of headings. */
const anchors = new Set(
  [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  ),
);

describe('metrics', () => {
  it('each have their line in docs/metrics.md', () => {
    expect(registered.size).toBeGreaterThan(20);
    expect([...registered].filter((name) => !docs.includes(name))).toEqual([]);
  });

  it('in docs/metrics.md are all measured', () => {
    const withoutLabels = docs.replace(/\{[^}]*\}/g, '');
    const said = [...withoutLabels.matchAll(/(?:tonghop|messaging|http_server)_[a-z_]+/g)].map(([name]) => name);
    expect(said.filter((name) => !registered.has(name))).toEqual([]);
  });
});

describe('alerts', () => {
  it.each(alerts)('$alert names metrics that there are and a section of the runbook', ({ expr, annotations }) => {
    const names = [...expr.matchAll(/(?:tonghop|messaging|http_server)_[a-z_]+/g)].map(([name]) => name);
    const measured = names.map((name) => name.replace(/_(count|sum|bucket)$/, ''));
    expect(measured.filter((name) => !registered.has(name))).toEqual([]);
    const [file, anchor] = annotations.runbook.split('#');
    expect(file).toBe('runbook.md');
    expect(anchors).toContain(anchor);
  });

  it('have names of their own, and each is in the runbook', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !runbook.includes(`\`${name}\``))).toEqual([]);
  });
});
