/**
 * `npm run openapi`: writes the descriptions of both HTTP services to dist/openapi, without running any.
 *
 * Each app says its own in a process of its own: the dashboard's code brings a Redis client with it, which slows all work on text in the
 * process (ADR 14).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('dist', 'openapi');
const apps = ['dashboard', 'intake'];

export const openapiCommand = (): Promise<number> => {
  mkdirSync(FOLDER, { recursive: true });
  for (const app of apps) {
    const file = join(FOLDER, `${app}.json`);
    const program = join('dist', 'apps', app, 'src', 'openapi.js');
    writeFileSync(file, execFileSync(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] }));
    process.stdout.write(`${file}\n`);
  }
  return Promise.resolve(0);
};
