/** `node dist/cli/bundled.js dist/bundles/NAME.cjs`: a service, as the supervisor starts it. */
import { resolve } from 'node:path';
import { runBundle } from './run-bundle.js';

runBundle(resolve(process.argv[2]));
