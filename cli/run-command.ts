import { types } from 'node:util';

/** A command line: one word, one function, an exit status. A command's modules are loaded when it is the one. */
type Command = (args: string[]) => Promise<number>;

export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Runs the command that the process was asked for, and ends the process with its status. */
export const runCommand = (commands: Commands): void => {
  const [, , name, ...args] = process.argv;
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    process.stderr.write(`unknown command ${name}; one of ${Object.keys(commands).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  load()
    .then((command) => command(args))
    .then(
      (status) => process.exit(status),
      (error: unknown) => {
        const { text, status } = endOf(error);
        process.stderr.write(`${text}\n`);
        process.exit(status);
      },
    );
};

/** What is said at the end of a command that failed, and its status: of an option that there is not no more than that (2), else where it failed too. */
export const endOf = (error: unknown): { readonly text: string; readonly status: number } => {
  if (!types.isNativeError(error)) return { text: String(error), status: 1 };
  const isMisused = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
  return isMisused ? { text: error.message, status: 2 } : { text: error.stack ?? error.message, status: 1 };
};
