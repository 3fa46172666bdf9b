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
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
};
