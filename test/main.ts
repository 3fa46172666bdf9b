/** The commands that put an installation to the test, take its pictures, or make the code that is made of it. */
import { runCommand } from '../cli/run-command.js';

runCommand({
  client: async () => (await import('./kit/write-client.js')).clientCommand,
  simulate: async () => (await import('./simulation/simulate.js')).simulateCommand,
  chaos: async () => (await import('./chaos/chaos.js')).chaosCommand,
  fuzz: async () => (await import('./fuzz/fuzz.js')).fuzzCommand,
  overload: async () => (await import('./chaos/overload.js')).overloadCommand,
  screenshots: async () => (await import('./kit/pictures.js')).screenshotsCommand,
  upgrade: async () => (await import('./upgrade/upgrade.js')).upgradeCommand,
});
