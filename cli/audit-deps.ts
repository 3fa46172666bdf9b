/**
 * `npm run audit:deps`: holds every package of others to dependencies.policy.json. Exit status 1 where a rule is broken.
 *
 * Advisories come from the registry by `npm audit`. One that gives none is said so in a line of its own; `--require-advisories` makes it a failure.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { advisoryFaults } from './dependencies/advisories.js';
import { otherManifests, readLock, readManifest, readPolicy } from './dependencies/files.js';
import { packagesOf } from './dependencies/lock.js';
import { listedIn, manifestFaults } from './dependencies/other-manifests.js';
import { afterExceptions, isExact, packageFaults, type Fault, type Policy } from './dependencies/policy.js';

/** Every fault that the repository has by itself, without a question to anybody. */
export const ownFaults = (policy: Policy): Fault[] => [
  ...packageFaults(policy, readManifest(), readLock()),
  ...otherManifests().flatMap((path) => manifestFaults(path, readFileSync(path, 'utf8'))),
  ...programFaults(policy),
];

const programFaults = ({ programs }: Policy): Fault[] =>
  programs
    .filter(({ file, pattern }) => !isExact(new RegExp(pattern, 'm').exec(readFileSync(file, 'utf8'))?.[1]))
    .map(({ name, file }) => ({ rule: 'pin', subject: name, what: `${file} does not name an exact version of it` }));

const ANSWER_MS = 60_000;
const askRegistry = (): string =>
  spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: ANSWER_MS, maxBuffer: 1 << 28 }).stdout;

export const auditDepsCommand = async (args: string[], ask: () => string = askRegistry): Promise<number> => {
  const policy = readPolicy();
  const advisories = advisoryFaults(policy, ask());
  const today = new Date().toISOString().slice(0, 10);
  const faults = afterExceptions(policy, [...ownFaults(policy), ...(advisories ?? [])], today);
  if (advisories === undefined) {
    process.stdout.write('Chưa kiểm tra cảnh báo bảo mật / advisories were NOT checked: the registry gave none\n');
    if (args.includes('--require-advisories')) faults.push('advisory: they are required, and were not checked');
  }
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  const others = otherManifests();
  for (const path of others)
    process.stdout.write(`${path}: ${listedIn(path, readFileSync(path, 'utf8')).length} gói / packages\n`);
  process.stdout.write(
    `package-lock.json: ${packagesOf(readLock()).length} gói / packages; ${faults.length} sai lệch / faults\n`,
  );
  return faults.length === 0 ? 0 : 1;
};
