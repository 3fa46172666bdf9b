/** The policy, the manifests and the lock of the folder that the command runs in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { lockSchema, type Lock } from './lock.js';
import { isManifest } from './other-manifests.js';
import { policySchema, type Manifest, type Policy } from './policy.js';

const versions = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({
  dependencies: versions,
  devDependencies: versions,
  overrides: z.record(z.string(), z.unknown()).default({}),
});

export const jsonIn = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8')) as unknown;
export const readLock = (): Lock => lockSchema.parse(jsonIn('package-lock.json'));
export const readPolicy = (): Policy => policySchema.parse(jsonIn('dependencies.policy.json'));
export const readManifest = (): Manifest => manifestSchema.parse(jsonIn('package.json'));

const notOurs = new Set(['node_modules', 'dist', 'coverage', 'target', '.local', '.git']);

/** The paths of the manifests of other package managers, from the folder down. */
export const otherManifests = (folder = '.'): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : otherManifests(path);
      return isManifest(entry.name) ? [path] : [];
    })
    .sort();
