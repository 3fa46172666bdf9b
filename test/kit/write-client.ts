/** `npm run client`: writes the types of the dashboard's client anew, without running a service. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientSource } from './client-source.js';

const FILE = join('libs', 'client', 'src', 'dashboard.ts');
/** In a process of its own: the dashboard's code brings a Redis client with it, which slows all work on text in the process (ADR 14). */
const program = join('dist', 'apps', 'dashboard', 'src', 'openapi.js');

export const clientCommand = async (): Promise<number> => {
  const description = execFileSync(process.execPath, [program], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writeFileSync(FILE, await clientSource(description));
  process.stdout.write(`${FILE}\n`);
  return 0;
};
