/**
 * `npm run audit:deps`: the dependencies held against `dependencies.policy.json`, and against advisories where the registry gives them.
 *
 * Where it gives none, that is said, and the policy decides whether it counts as a failure: never silently good.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Checks } from '../chaos/checks.js';
import {
  advisoryFaults,
  dependencyFaults,
  goPackages,
  mavenPackages,
  nameOf,
  packagesOf,
  pipPackages,
  type AuditAnswer,
  type Foreign,
  type Lock,
  type LockEntry,
  type Manifest,
  type Policy,
} from './dependencies.js';

const AUDIT_MS = 60_000;
const foreign: Readonly<Record<string, (text: string) => Foreign>> = {
  'test/clients/python/requirements.txt': pipPackages,
  'test/clients/java/pom.xml': mavenPackages,
  'test/clients/go/go.mod': goPackages,
  'stack/pom.xml': mavenPackages,
  'bench/peers/kafka-streams/pom.xml': mavenPackages,
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;

export const auditDepsCommand = async (): Promise<number> => {
  const checks = new Checks(say);
  const lock = readJson<Lock>('package-lock.json');
  const policy = readJson<Policy>('dependencies.policy.json');
  const packages = packagesOf(lock);
  checks.note(
    `npm: ${packages.length} packages keep to dependencies.policy.json`,
    dependencyFaults(readJson<Manifest>('package.json'), lock, policy),
  );
  checks.note('what is installed is what the lock says', packages.flatMap(installedFaults));
  for (const [file, read] of Object.entries(foreign)) {
    const { packages: named, faults } = read(readFileSync(file, 'utf8'));
    checks.note(`${file}: ${named.length} packages, pinned`, named.length > 0 ? faults : ['it names none']);
  }
  noteAdvisories(await askedOfTheRegistry(), policy, checks);
  say(checks.sum('audit:deps'));
  return checks.failed === 0 ? 0 : 1;
};

/** What is for another machine is not there. */
const installedFaults = ([path, { version, license }]: readonly [string, LockEntry]): string[] => {
  const file = join(path, 'package.json');
  if (!existsSync(file)) return [];
  const found = readJson<LockEntry>(file);
  return [
    ...(found.version === version ? [] : [`${nameOf(path)} is ${found.version}, locked as ${version}`]),
    ...(typeof found.license !== 'string' || found.license === license
      ? []
      : [`${nameOf(path)} says ${found.license}, the lock ${license}`]),
  ];
};

/** npm ends with 1 where there are findings; where the registry has no such service it says so on its standard output, too. */
const askedOfTheRegistry = (): Promise<AuditAnswer> =>
  new Promise((resolve) => {
    execFile('npm', ['audit', '--json'], { timeout: AUDIT_MS, maxBuffer: 1 << 26 }, (_error, stdout) => {
      try {
        resolve(JSON.parse(stdout) as AuditAnswer);
      } catch {
        resolve({});
      }
    });
  });

const noteAdvisories = (answer: AuditAnswer, policy: Policy, checks: Checks): void => {
  const found = advisoryFaults(answer, policy, new Date().toISOString().slice(0, 10));
  if (found !== undefined) {
    checks.note('no advisory is open', found);
    return;
  }
  const line = 'the registry gives no advisories here: they were NOT CHECKED';
  if (policy.advisories.unavailable === 'fail') checks.note('advisories', [line]);
  else say(`note  ${line}`);
};
