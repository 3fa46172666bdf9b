/**
 * `npm run sbom`: the CycloneDX list of every package, checked against its schema, and beside it the licences, in `dist/sbom`.
 *
 * The same lock gives the same bytes. Packages of the page are development packages for npm, and are shipped in its bundle: the list names both.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lock } from './dependencies.js';
import { licencesText } from './licences.js';

const FOLDER = join('dist', 'sbom');

export const sbomCommand = (): Promise<number> => {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, 'tonghop.cdx.json');
  const options = ['--output-reproducible', '--validate', '--sv', '1.6', '--of', 'JSON', '-o', file];
  const { status } = spawnSync('npx', ['--no-install', 'cyclonedx-npm', ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) return Promise.resolve(1);
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as { components: readonly unknown[] };
  const licences = join(FOLDER, 'THIRD-PARTY-LICENCES.md');
  writeFileSync(licences, licencesText(JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock));
  process.stdout.write(`${file}: ${components.length} components at the top, valid CycloneDX 1.6\n${licences}\n`);
  return Promise.resolve(components.length > 0 ? 0 : 1);
};
