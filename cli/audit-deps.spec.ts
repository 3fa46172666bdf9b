/** The policy over dependencies: this repository keeps to it, and each way of breaking it is found. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { auditDepsCommand, ownFaults } from './audit-deps.js';
import { advisoryFaults } from './dependencies/advisories.js';
import { otherManifests, readLock, readManifest, readPolicy } from './dependencies/files.js';
import { licencesText } from './dependencies/licences.js';
import { lockSchema, type Lock } from './dependencies/lock.js';
import { isManifest, manifestFaults } from './dependencies/other-manifests.js';
import { afterExceptions, isAllowed, packageFaults, type Fault, type Policy } from './dependencies/policy.js';

const policy = readPolicy();
const lock = readLock();
const manifest = readManifest();
const today = '2026-11-28';

const lockWith = (path: string, entry: object): Lock =>
  lockSchema.parse({
    ...lock,
    packages: {
      ...lock.packages,
      [path]: { version: '1.0.0', license: 'MIT', integrity: 'sha512-x', dependencies: {}, ...entry },
    },
  });
const saidOf = (changed: Lock): string[] => packageFaults(policy, manifest, changed).map(said);
const said = ({ rule, subject }: Fault): string => `${rule} ${subject}`;
const withException = (exception: Partial<Policy['exceptions'][number]>): Policy => ({
  ...policy,
  exceptions: [{ rule: 'licence', subject: 'new', reason: 'a test', until: '2026-12-31', ...exception }],
});

describe('the policy over dependencies', () => {
  it('is kept by every package and manifest of this repository', () => {
    expect(otherManifests()).toEqual(
      expect.arrayContaining(['stack/pom.xml', 'test/clients/go/go.mod', 'test/clients/python/requirements.txt']),
    );
    expect(afterExceptions(policy, ownFaults(policy), new Date().toISOString().slice(0, 10))).toEqual([]);
  });

  it('refuses a shipped package under the GPL, and MPL where it is shipped but not where it only builds', () => {
    expect(saidOf(lockWith('node_modules/new', { license: 'GPL-3.0-only' }))).toEqual(['licence new']);
    expect(saidOf(lockWith('node_modules/new', { license: 'GPL-3.0-only', dev: true }))).toEqual(['licence new']);
    expect(saidOf(lockWith('node_modules/new', { license: 'MPL-2.0' }))).toEqual(['licence new']);
    expect(saidOf(lockWith('node_modules/new', { license: 'MPL-2.0', dev: true }))).toEqual([]);
    expect(saidOf(lockWith('node_modules/new', { license: undefined }))).toEqual(['licence new']);
  });

  it('takes what is built into the page for shipped', () => {
    expect(saidOf(lockWith('node_modules/echarts', { license: 'MPL-2.0', dev: true }))).toEqual(['licence echarts']);
  });

  it('reads a choice of licences as one that must be allowed, and a sum as all of them', () => {
    expect(isAllowed('(MIT OR GPL-3.0-only)', ['MIT'])).toBe(true);
    expect(isAllowed('MIT AND GPL-3.0-only', ['MIT'])).toBe(false);
    expect(isAllowed('(MIT OR GPL-3.0-only) AND (GPL-3.0-only)', ['MIT'])).toBe(false);
    expect(isAllowed('GPL-3.0-only AND (0BSD OR MIT OR ISC)', ['MIT'])).toBe(false);
    expect(isAllowed('(MIT AND (BSD-2-Clause OR GPL-3.0-only))', ['MIT', 'BSD-2-Clause'])).toBe(false);
  });

  it.each(['^1.2.3', '~1.2.3', '1.2.x', '1.2', '*', 'latest', 'git+https://example.org/a.git'])(
    'refuses the version %s of a direct dependency',
    (version) => {
      const changed = { ...manifest, dependencies: { ...manifest.dependencies, zod: version } };
      expect(packageFaults(policy, changed, lock).map(said)).toEqual(['pin zod', 'manifest zod']);
    },
  );

  it.each([
    ['1.2.3', []],
    [{ inner: '1.2.3' }, []],
    [{ inner: '$typescript' }, []],
    ['^1.2.3', ['pin outer']],
    [{ inner: '^5' }, ['pin inner']],
    [{ inner: '$nothing' }, ['pin inner']],
  ])('takes an override by %j for %j', (version, faults) => {
    const changed = { ...manifest, overrides: { outer: version } };
    expect(packageFaults(policy, changed, lock).map(said)).toEqual(faults);
  });

  it('refuses an install script that is not named, a denied package, and a package without a hash', () => {
    expect(saidOf(lockWith('node_modules/new', { hasInstallScript: true }))).toEqual(['install-script new']);
    expect(saidOf(lockWith('node_modules/a/node_modules/node-ipc', {}))).toEqual(['denied node-ipc']);
    expect(saidOf(lockWith('node_modules/new', { integrity: undefined }))).toEqual(['integrity new']);
  });

  it('lets an exception hold until its last day, and no longer', () => {
    const faults: Fault[] = [{ rule: 'licence', subject: 'new', what: 'has another' }];
    expect(afterExceptions(withException({ until: today }), faults, today)).toEqual([]);
    expect(afterExceptions(withException({ until: '2026-11-27' }), faults, today)).toEqual([
      'licence: new: has another',
      'exception: licence of new expired on 2026-11-27',
    ]);
    expect(afterExceptions(withException({ subject: 'other' }), faults, today)).toHaveLength(2);
  });

  it('names what the page imports, no more and no less', () => {
    // The client is built into the page.
    const files = ['apps/web/src', 'libs/client/src'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.tsx?$/.test(file) && !/\.spec\./.test(file))
        .map((file) => join(folder, file)),
    );
    const imported = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^.#'][^']*)'/g)].map(
        ([, name = '']) => /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name,
      ),
    );
    expect([...new Set(imported)].sort()).toEqual([...policy.pagePackages].sort());
  });
});

describe('packages of other package managers', () => {
  it.each([
    ['pom.xml', '<dependency><groupId>a</groupId><artifactId>b</artifactId><version>[1,2)</version></dependency>'],
    ['pom.xml', '<plugin><artifactId>b</artifactId></plugin>'],
    ['pom.xml', '<v>1.0-SNAPSHOT</v><parent><artifactId>b</artifactId><version>${v}</version></parent>'],
    ['go.mod', 'require example.org/a latest'],
    ['requirements.txt', 'certifi>=2026.1.1'],
    ['requirements.txt', 'certifi==2026.*'],
    ['Dockerfile', 'FROM node'],
    ['docker-compose.yml', '    image: redis:7.2'],
    ['Cargo.toml', '[dependencies]'],
  ])('of %s, %s is refused', (file, text) => {
    expect(isManifest(file)).toBe(true);
    expect(manifestFaults(`a/${file}`, text)).toHaveLength(1);
  });
});

describe('advisories', () => {
  const answerWith = (severity: string): string =>
    JSON.stringify({
      auditReportVersion: 2,
      vulnerabilities: {
        a: { via: [{ url: 'https://example.org/1', title: 'reads files', severity, name: 'a' }] },
        b: { via: ['a'] },
      },
    });
  const quietly = async (args: string[], answer: string): Promise<{ status: number; text: string }> => {
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const status = await auditDepsCommand(args, () => answer);
      return { status, text: write.mock.calls.map(([each]) => String(each)).join('') };
    } finally {
      write.mockRestore();
    }
  };

  it.each([
    ['low', 0],
    ['moderate', 0],
    ['high', 1],
    ['critical', 1],
    ['unheard-of', 1],
  ])('of severity %s are %i faults', async (severity, count) => {
    expect(advisoryFaults(policy, answerWith(severity))).toHaveLength(count);
    expect((await quietly([], answerWith(severity))).status).toBe(count);
  });

  it('that the registry does not give are said to be unchecked, and fail where they are required', async () => {
    const refused = '{ "message": "405 Method Not Allowed", "statusCode": 405 }';
    expect(await quietly([], refused)).toMatchObject({
      status: 0,
      text: expect.stringContaining('advisories were NOT checked') as string,
    });
    expect((await quietly(['--require-advisories'], refused)).status).toBe(1);
    expect((await quietly(['--require-advisories'], '')).status).toBe(1);
  });
});

it('THIRD-PARTY-LICENSES.md is what the lock says', () => {
  expect(readFileSync('THIRD-PARTY-LICENSES.md', 'utf8')).toBe(licencesText(lock, policy.pagePackages));
});
