/**
 * What every npm command runs first: installs what is missing, compiles what changed, then hands over to the TypeScript.
 *
 * Plain JavaScript without a dependency, because it runs before there is anything else.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [, , command, ...args] = process.argv;
const local = '.local';
const quiet = command === 'stack';

const say = (line) => process.stderr.write(`${line}\n`);

const run = (program, programArgs) => {
  const { status, stdout, stderr } = spawnSync(program, programArgs, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    say(`${program} ${programArgs.join(' ')} failed:\n${stdout ?? ''}${stderr ?? ''}`);
    process.exit(1);
  }
};

const stampOf = (name) => join(local, `${name}.stamp`);
const isStamped = (name, content) => existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === content;
const stamp = (name, content) => {
  mkdirSync(local, { recursive: true });
  writeFileSync(stampOf(name), content);
};

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(path);
    return [path];
  });

const stateOf = (paths) => {
  const hash = createHash('sha256');
  for (const path of paths.filter(existsSync)) {
    for (const file of statSync(path).isDirectory() ? filesBelow(path).sort() : [path]) {
      hash.update(file).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
};

const install = () => {
  const lock = stateOf(['package-lock.json']);
  if (existsSync('node_modules') && isStamped('installed', lock)) return;
  say('Đang cài các gói npm (npm ci)… / installing npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  stamp('installed', lock);
};

const build = (name, sources, output, ...steps) => {
  const state = stateOf([...sources, 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json']);
  if (existsSync(output) && isStamped(name, state)) return;
  if (!quiet) say(`Đang dịch ${name}… / building ${name}`);
  for (const step of steps) run('npm', ['run', '--silent', step]);
  stamp(name, state);
};

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  say(`Cần Node 20.19 trở lên, đang có ${process.versions.node} / Node 20.19 or newer is needed`);
  process.exit(1);
}
install();
if (command === 'install') process.exit(0);
const serverFolders = [
  'apps',
  'libs',
  'cli',
  'stack',
  'test/kit',
  'test/simulation',
  'test/chaos',
  'test/fuzz',
  'test/upgrade',
  'bench',
];
const serverSources = serverFolders.flatMap((folder) =>
  existsSync(folder)
    ? filesBelow(folder).filter((file) => /\.(ts|json)$/.test(file) && !file.startsWith('apps/web'))
    : [],
);
build('server', [...serverSources, 'test/main.ts', 'cli/bundle.mjs'], 'dist/bundles/reports.cjs', 'build:server');
if (['start', 'services', 'test', 'bench'].includes(command)) {
  build(
    'web',
    ['apps/web', 'libs/client/src', 'libs/domain/src', 'libs/contracts/src'],
    'dist/apps/web/index.html',
    'build:web',
  );
}
process.argv = [process.argv[0], 'tonghop', command, ...args];
/** Commands that test and measure are not part of the command line that production has. */
const rooms = {
  bench: 'bench',
  client: 'test',
  simulate: 'test',
  chaos: 'test',
  fuzz: 'test',
  overload: 'test',
  screenshots: 'test',
  upgrade: 'test',
};
await import(`../dist/${rooms[command] ?? 'cli'}/main.js`);
