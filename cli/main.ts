/** The command line: one word, one function, an exit status. A command's modules are loaded when it is the one. */
type Command = (args: string[]) => Promise<number>;

const commands: Record<string, () => Promise<Command>> = {
  start: async () => (await import('./start.js')).startCommand,
  services: async () => (await import('./services.js')).servicesCommand,
  stack: async () => (await import('#stack')).runStackCli,
  drain: async () => (await import('./drain.js')).drainCommand,
  openapi: async () => (await import('./openapi.js')).openapiCommand,
  publish: async () => (await import('./publish.js')).publishCommand,
  rebuild: async () => (await import('./rebuild.js')).rebuildCommand,
  bench: async () => (await import('../bench/bench.js')).benchCommand,
  simulate: async () => (await import('../test/simulation/simulate.js')).simulateCommand,
  chaos: async () => (await import('../test/chaos/chaos.js')).chaosCommand,
  overload: async () => (await import('../test/chaos/overload.js')).overloadCommand,
  rollups: async () => (await import('./rollups.js')).rollupsCommand,
  skip: async () => (await import('./skip.js')).skipCommand,
  verify: async () => (await import('./verify.js')).verifyCommand,
  upgrade: async () => (await import('./upgrade.js')).upgradeCommand,
  test: async () => (await import('./test.js')).testCommand,
};

const [, , name, ...args] = process.argv;
const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
if (load === undefined) {
  process.stderr.write(`unknown command ${name}; one of ${Object.keys(commands).join(', ')}\n`);
  process.exitCode = 2;
} else {
  load()
    .then((command) => command(args))
    .then(
      (status) => process.exit(status),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
        process.exit(1);
      },
    );
}
