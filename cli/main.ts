/** The command line: one word, one function, an exit status. */
import { runStackCli } from '#stack';
import { benchCommand } from '../bench/bench.js';
import { simulateCommand } from '../test/simulation/simulate.js';
import { chaosCommand } from '../test/chaos/chaos.js';
import { overloadCommand } from '../test/chaos/overload.js';
import { drainCommand } from './drain.js';
import { publishCommand } from './publish.js';
import { rebuildCommand } from './rebuild.js';
import { rollupsCommand } from './rollups.js';
import { servicesCommand } from './services.js';
import { skipCommand } from './skip.js';
import { startCommand } from './start.js';
import { testCommand } from './test.js';
import { upgradeCommand } from './upgrade.js';
import { verifyCommand } from './verify.js';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  start: startCommand,
  services: servicesCommand,
  stack: runStackCli,
  drain: drainCommand,
  publish: publishCommand,
  rebuild: rebuildCommand,
  bench: benchCommand,
  simulate: simulateCommand,
  chaos: chaosCommand,
  overload: overloadCommand,
  rollups: rollupsCommand,
  skip: (args) => skipCommand(args),
  verify: verifyCommand,
  upgrade: upgradeCommand,
  test: testCommand,
};

const [, , name, ...args] = process.argv;
const command = commands[name];
if (command === undefined) {
  process.stderr.write(`unknown command ${name}; one of ${Object.keys(commands).join(', ')}\n`);
  process.exitCode = 2;
} else {
  command(args).then(
    (status) => process.exit(status),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(1);
    },
  );
}
