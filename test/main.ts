/** The commands that put an installation to the test, or take its pictures. */
import { runCommand } from '../cli/run-command.js';

runCommand({
  simulate: async () => (await import('./simulation/simulate.js')).simulateCommand,
  chaos: async () => (await import('./chaos/chaos.js')).chaosCommand,
  fuzz: async () => (await import('./fuzz/fuzz.js')).fuzzCommand,
  overload: async () => (await import('./chaos/overload.js')).overloadCommand,
  screenshots: async () => (await import('./kit/pictures.js')).screenshotsCommand,
  upgrade: async () => (await import('./upgrade/upgrade.js')).upgradeCommand,
});
