/**
 * The programs of foreign clients: whether what they need is on this machine, how they are built and run.
 *
 * Each is built into .local/clients once and again where its sources have changed. A language whose tools are missing is left
 * out, by name and with the reason.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Assignment } from './assignments.js';
import type { Group, Language } from './groups.js';

interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

interface Program {
  /** What has to answer for the program to be built. */
  readonly tools: readonly Command[];
  /** Its sources, below test/clients. */
  readonly sources: string;
  /** What of them the build depends on. */
  readonly built: string;
  build(sources: string, folder: string): readonly Command[];
  command(sources: string, folder: string): Command;
}

const command = (program: string, ...args: string[]): Command => ({ program, args });

const mavenOptions = ['-B', '-q', '-ntp', '-DincludeScope=runtime'];

const programs: Readonly<Record<Language, Program>> = {
  python: {
    tools: [command('python3', '-c', 'import venv, ensurepip')],
    sources: 'python',
    built: 'requirements.txt',
    build: (sources, folder) => [
      command('python3', '-m', 'venv', folder),
      command(join(folder, 'bin', 'pip'), 'install', '-q', '--no-deps', '-r', join(sources, 'requirements.txt')),
    ],
    command: (sources, folder) => command(join(folder, 'bin', 'python'), '-B', join(sources, 'publish.py')),
  },
  java: {
    tools: [command('java', '-version'), command('javac', '-version'), command('mvn', '-version')],
    sources: 'java',
    built: '',
    build: (sources, folder) => [
      command(
        'mvn',
        ...mavenOptions,
        '-f',
        join(sources, 'pom.xml'),
        `-Dbuild.folder=${folder}`,
        'compile',
        'dependency:copy-dependencies',
      ),
    ],
    command: (_sources, folder) => {
      const classPath = [join(folder, 'classes'), join(folder, 'dependency', '*')].join(delimiter);
      return command('java', '-Xmx256m', '-cp', classPath, 'vn.duan5.tonghop.clients.Publish');
    },
  },
  go: {
    tools: [command('go', 'version')],
    sources: 'go',
    built: '',
    build: (sources, folder) => [command('go', '-C', sources, 'build', '-o', join(folder, 'publish'), '.')],
    command: (_sources, folder) => command(join(folder, 'publish')),
  },
  javascript: {
    tools: [],
    sources: 'javascript',
    built: '',
    build: () => [],
    command: (sources) => command(process.execPath, join(sources, 'publish.mjs')),
  },
};

const sourcesOf = (root: string, language: Language): string =>
  join(root, 'test', 'clients', programs[language].sources);
const folderOf = (root: string, language: Language): string => join(root, '.local', 'clients', language);

/** The tool that a language's clients want and that does not answer here. */
export const missingFor = (language: Language): string | undefined =>
  programs[language].tools
    .filter(({ program, args }) => spawnSync(program, args, { stdio: 'ignore' }).status !== 0)
    .map(({ program, args }) => `${program} ${args.join(' ')}`)
    .at(0);

const filesBelow = (path: string): string[] =>
  statSync(path).isFile()
    ? [path]
    : readdirSync(path)
        .sort()
        .flatMap((name) => filesBelow(join(path, name)));

const stateOf = (sources: string, built: string): string => {
  const hash = createHash('sha256');
  for (const path of filesBelow(join(sources, built)))
    hash.update(path.slice(sources.length)).update(readFileSync(path));
  return hash.digest('hex');
};

const run = ({ program, args }: Command, env: NodeJS.ProcessEnv, input = ''): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let faults = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => {
      if (status === 0) return resolve(output);
      reject(new Error(`${program} ${args.join(' ')} ended with ${status}:\n${output}${faults}`));
    });
    // A program that ends before it has read everything is reported by its status.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });

/** Builds a language's program where its sources have changed since. */
export const build = async (root: string, language: Language): Promise<void> => {
  const [sources, folder] = [sourcesOf(root, language), folderOf(root, language)];
  const stamp = join(folder, 'sources.sha256');
  const state = stateOf(sources, programs[language].built);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const step of programs[language].build(sources, folder)) {
    await run(step, { GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' });
  }
  writeFileSync(stamp, state);
};

export interface Report extends Group {
  readonly acknowledged?: number;
  readonly fault?: string;
}

/** Has a language's clients send what is theirs; answers what each group says was acknowledged, or what went wrong. */
export const publish = async (
  root: string,
  language: Language,
  env: Readonly<Record<string, string>>,
  assignments: readonly Assignment[],
): Promise<Report[]> => {
  const lines = assignments.map((assignment) => `${JSON.stringify(assignment)}\n`).join('');
  const output = await run(programs[language].command(sourcesOf(root, language), folderOf(root, language)), env, lines);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Report);
};
