import { readFileSync } from 'node:fs';
import {
  advisoryFaults,
  dependencyFaults,
  goPackages,
  isAllowed,
  mavenPackages,
  pipPackages,
  type Lock,
  type LockEntry,
  type Manifest,
  type Policy,
} from './dependencies.js';
import { licencesText } from './licences.js';

const json = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const manifest = json<Manifest>('package.json');
const lock = json<Lock>('package-lock.json');
const policy = json<Policy>('dependencies.policy.json');

const good = {
  version: '1.0.0',
  license: 'MIT',
  resolved: 'https://registry.npmjs.org/x/-/x-1.0.0.tgz',
  integrity: 'sha512-x',
};
const withPackage = (name: string, entry: LockEntry): Lock => ({
  packages: { ...lock.packages, [`node_modules/${name}`]: { ...good, ...entry } },
});

describe('the dependencies', () => {
  it('keep to the policy', () => expect(dependencyFaults(manifest, lock, policy)).toEqual([]));

  it('may be joined by a good one', () => expect(dependencyFaults(manifest, withPackage('x', {}), policy)).toEqual([]));

  it.each<[string, string, LockEntry, string]>([
    ['under the GPL', 'x', { license: 'GPL-3.0-only' }, 'x@1.0.0: its licence is not allowed'],
    ['under the AGPL beside another', 'x', { license: 'MIT AND AGPL-3.0-only' }, 'its licence is not allowed'],
    ['without a licence', 'x', { license: undefined }, 'its licence is not allowed: none'],
    ['for tools alone, shipped', 'x', { license: 'MPL-2.0' }, 'its licence is not allowed'],
    ['that is denied', 'event-stream', {}, 'it is denied'],
    ['from elsewhere', 'x', { resolved: 'git+ssh://example.org/x' }, 'does not come from the registry'],
    ['without a checksum', 'x', { integrity: undefined }, 'SHA-512'],
    ['that is deprecated', 'x', { deprecated: 'use y' }, 'it is deprecated'],
    ['with a script', 'x', { hasInstallScript: true }, 'it runs a script'],
    [
      'in a second major version',
      'y/node_modules/kafkajs',
      { version: '99.0.0' },
      'kafkajs is there in 2 major versions',
    ],
  ])('may not be joined by one %s', (_what, name, entry, fault) =>
    expect(dependencyFaults(manifest, withPackage(name, entry), policy).join()).toContain(fault),
  );

  it.each(['^1.0.0', '~1.0.0', '*', 'latest', '1.x', 'https://example.org/x.tgz', 'github:a/b'])(
    'are pinned: %s is not',
    (version) => {
      const wrong = { ...manifest, dependencies: { ...manifest.dependencies, x: version } };
      expect(dependencyFaults(wrong, lock, policy)).toEqual([`x is not pinned: ${version}`]);
    },
  );

  it('leave nothing in the policy that is not needed', () => {
    const wrong = { ...policy, installScripts: [...policy.installScripts, 'gone'] };
    expect(dependencyFaults(manifest, lock, wrong)).toEqual(['the policy names gone, which is not there']);
  });
});

describe('a licence', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['MIT AND GPL-3.0-only', false],
    ['(MIT OR GPL-2.0) AND Apache-2.0', true],
    ['(MIT AND GPL-2.0) OR (GPL-2.0 AND Apache-2.0)', false],
    ['SEE LICENSE IN x', false],
  ])('%s: %s', (expression, expected) => expect(isAllowed(expression, ['MIT', 'Apache-2.0'])).toBe(expected));
});

describe('advisories', () => {
  const found = (severity: string) => ({
    vulnerabilities: { x: { via: ['y', { url: 'https://example.org/GHSA-1', title: 'bad', severity }] } },
  });
  const excepting = (until: string): Policy => ({
    ...policy,
    advisories: { ...policy.advisories, exceptions: [{ id: 'GHSA-1', until, why: 'not reached' }] },
  });

  it('count from a level on', () => {
    expect(advisoryFaults(found('high'), policy, '2026-11-28')).toHaveLength(1);
    expect(advisoryFaults(found('low'), policy, '2026-11-28')).toEqual([]);
  });

  it('may be excepted for a time', () => {
    expect(advisoryFaults(found('high'), excepting('2026-12-31'), '2026-11-28')).toEqual([]);
    expect(advisoryFaults(found('high'), excepting('2026-11-27'), '2026-11-28')).toHaveLength(2);
  });

  it('that nobody gives are no good news', () => expect(advisoryFaults({}, policy, '2026-11-28')).toBeUndefined());
});

describe('other ecosystems', () => {
  it('are pinned, or it is said', () => {
    expect(pipPackages('# x\na==1.2\nb>=1\n').faults).toEqual(['b is not pinned: b>=1']);
    const pom = (version: string) => `<artifactId>a</artifactId>\n<version>${version}</version>`;
    expect(mavenPackages(pom('4.1.1')).faults).toEqual([]);
    expect(mavenPackages(pom('[1,2)')).faults).toHaveLength(1);
    expect(mavenPackages(pom('1-SNAPSHOT')).faults).toHaveLength(1);
    expect(goPackages('require (\n\tgithub.com/a/b v1.2.3\n)').packages).toEqual(['github.com/a/b v1.2.3']);
  });
});

it('names the licence of each package, and where the terms of the data are', () => {
  const text = licencesText(lock);
  expect(text).toContain('## MIT');
  expect(text).toContain(`- kafkajs ${manifest.dependencies?.kafkajs}`);
  for (const [, file] of text.matchAll(/: (\S+SOURCES\.md)/g)) expect(readFileSync(file, 'utf8')).not.toBe('');
  expect([...text.matchAll(/SOURCES\.md/g)]).toHaveLength(2);
});
