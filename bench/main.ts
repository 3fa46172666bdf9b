/** The command that measures. */
import { runCommand } from '../cli/run-command.js';

runCommand({ bench: async () => (await import('./bench.js')).benchCommand });
