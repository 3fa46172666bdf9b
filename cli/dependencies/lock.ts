/** What package-lock.json (version 3) says of each package, and which of them a package needs. */
import { z } from 'zod';

const versionsSchema = z.record(z.string(), z.string()).default({});

const packageSchema = z.object({
  /** Where the folder's name is another one (an alias). */
  name: z.string().optional(),
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dev: z.boolean().default(false),
  devOptional: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  dependencies: versionsSchema,
  devDependencies: versionsSchema,
  optionalDependencies: versionsSchema,
  peerDependencies: versionsSchema,
});

export const lockSchema = z.object({ lockfileVersion: z.literal(3), packages: z.record(z.string(), packageSchema) });

export type Lock = z.infer<typeof lockSchema>;

export interface LockedPackage {
  /** Its place below the project, which tells two versions of a package apart. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly isDevelopment: boolean;
  /** Needed to build or test, and besides optional for what is shipped. Counts as shipped. */
  readonly isEither: boolean;
  readonly hasIntegrity: boolean;
  readonly hasInstallScript: boolean;
}

const FOLDER = 'node_modules/';

export const packagesOf = (lock: Lock): LockedPackage[] =>
  Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { name, version, license, integrity, dev, devOptional, hasInstallScript }]) => ({
      path,
      name: name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length),
      version: version ?? '',
      licence: license ?? '',
      isDevelopment: dev,
      isEither: devOptional,
      hasIntegrity: integrity !== undefined,
      hasInstallScript,
    }));

/** The paths of these packages and of all that they need. */
const neededBy = (lock: Lock, names: readonly string[]): ReadonlySet<string> => {
  const found = new Set<string>();
  const waiting = names.map((name) => `${FOLDER}${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = lock.packages[path];
    if (entry === undefined || found.has(path)) continue;
    found.add(path);
    const needs = { ...entry.peerDependencies, ...entry.optionalDependencies, ...entry.dependencies };
    for (const name of Object.keys(needs)) waiting.push(placeOf(lock, path, name));
  }
  return found;
};

/** Node's own rule: the nearest node_modules on the way up. */
const placeOf = (lock: Lock, from: string, name: string): string => {
  for (let folder = from; folder !== ''; folder = folder.slice(0, Math.max(0, folder.lastIndexOf(`/${FOLDER}`)))) {
    const path = `${folder}/${FOLDER}${name}`;
    if (lock.packages[path] !== undefined) return path;
  }
  return `${FOLDER}${name}`;
};

/** What the project ships: what its services need, and what is built into its page. */
export const shippedOf = (lock: Lock, pagePackages: readonly string[]): LockedPackage[] => {
  const page = neededBy(lock, pagePackages);
  return packagesOf(lock).filter(({ path, isDevelopment }) => !isDevelopment || page.has(path));
};
