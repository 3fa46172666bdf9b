/**
 * `npm run stack -- up|down|status|build-mongodb [--secure] [--dir FOLDER]`.
 *
 * What a program may read goes to stdout (addresses as NAME=value, one status line a server), progress to stderr.
 */
import { parseArgs } from 'node:util';
import { StackError, type StackOptions } from './site.js';
import { buildSecantusRs, stackDown, stackStatus, stackUp } from './stack.js';

const usage = 'usage: npm run stack -- up | down | status | build-mongodb [--secure] [--dir FOLDER]';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const commands: Record<string, (options: StackOptions) => Promise<void>> = {
  up: async (options) => {
    for (const [name, value] of Object.entries(await stackUp(options))) print(`${name}=${value}`);
  },
  down: stackDown,
  'build-mongodb': async (options) => print(await buildSecantusRs(options)),
  status: async (options) => {
    for (const { name, pid, port, up } of await stackStatus(options)) {
      print(`${name} ${pid ?? '-'} ${port || '-'} ${up ? 'up' : 'down'}`);
    }
  },
};

const parse = (args: string[]): { name: string; options: StackOptions } | undefined => {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { dir: { type: 'string' }, secure: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [name, ...rest] = positionals;
    if (name === undefined || rest.length > 0 || !Object.hasOwn(commands, name)) return undefined;
    return { name, options: values };
  } catch {
    return undefined;
  }
};

/** Runs one command; the answer is the exit status: 0, 1 (it failed, the reason is on stderr), 2 (it was not understood). */
export const runStackCli = async (args: string[]): Promise<number> => {
  const parsed = parse(args);
  if (parsed === undefined) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  try {
    await commands[parsed.name]?.(parsed.options);
    return 0;
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
};
