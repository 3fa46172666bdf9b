/**
 * What the project may depend on: `dependencies.policy.json`, held against package.json and the lock.
 *
 * Pure: files come in as what they hold, faults go out in words. A rule of the policy that nothing needs any more is a fault too.
 */
export interface Policy {
  readonly licences: {
    readonly allowed: readonly string[];
    /** Of packages that are never shipped. */
    readonly allowedForTools: readonly string[];
    /** By name: why another licence is taken. */
    readonly exceptions: Readonly<Record<string, string>>;
  };
  /** By name: why not. */
  readonly denied: Readonly<Record<string, string>>;
  /** Names of those that may run a script when they are installed. */
  readonly installScripts: readonly string[];
  /** Of these there is one major version at most. */
  readonly oneMajor: readonly string[];
  readonly advisories: {
    /** What it means that the registry gives none. */
    readonly unavailable: 'report' | 'fail';
    /** The least that counts. */
    readonly level: string;
    readonly exceptions: readonly { readonly id: string; readonly until: string; readonly why: string }[];
  };
}

export interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly deprecated?: string;
  readonly hasInstallScript?: boolean;
}

export interface Lock {
  /** By path, as `node_modules/a/node_modules/b`; the project itself by an empty one. */
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const REGISTRY = 'https://registry.npmjs.org/';
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Those that others have made, by their path. */
export const packagesOf = ({ packages }: Lock): readonly (readonly [path: string, entry: LockEntry])[] =>
  Object.entries(packages).filter(([path]) => path !== '');

/** Whether a licence's SPDX expression can be kept with these. Without brackets around brackets, which no package here has. */
export const isAllowed = (expression: string, allowed: readonly string[]): boolean => {
  const inner = /\(([^()]*)\)/.exec(expression);
  if (inner !== null) {
    const verdict = isAllowed(inner[1], allowed) ? allowed[0] : 'none';
    return isAllowed(expression.replace(inner[0], verdict), allowed);
  }
  return expression
    .split(/ OR /i)
    .some((choice) => choice.split(/ AND /i).every((licence) => allowed.includes(licence.trim())));
};

export const dependencyFaults = (manifest: Manifest, lock: Lock, policy: Policy): string[] => [
  ...pinFaults(manifest),
  ...packagesOf(lock).flatMap(([path, entry]) => packageFaults(nameOf(path), entry, policy)),
  ...majorFaults(lock, policy),
  ...unneeded(lock, policy),
];

const pinFaults = ({ dependencies = {}, devDependencies = {} }: Manifest): string[] =>
  Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`);

const packageFaults = (name: string, entry: LockEntry, { licences, denied, installScripts }: Policy): string[] => {
  const { version, license = 'none', resolved = REGISTRY, integrity = '', deprecated, hasInstallScript, dev } = entry;
  const allowed = dev === true ? [...licences.allowed, ...licences.allowedForTools] : licences.allowed;
  const isLicensed = isAllowed(license, allowed) || name in licences.exceptions;
  return [
    ...(isLicensed ? [] : [`its licence is not allowed: ${license}`]),
    ...(name in denied ? [`it is denied: ${denied[name]}`] : []),
    ...(resolved.startsWith(REGISTRY) ? [] : [`it does not come from the registry: ${resolved}`]),
    ...(integrity.startsWith('sha512-') ? [] : ['the lock does not hold its SHA-512']),
    ...(deprecated === undefined ? [] : [`it is deprecated: ${deprecated}`]),
    ...(hasInstallScript === true && !installScripts.includes(name) ? ['it runs a script when it is installed'] : []),
  ].map((fault) => `${name}@${version}: ${fault}`);
};

const majorFaults = (lock: Lock, { oneMajor }: Policy): string[] =>
  oneMajor.flatMap((name) => {
    const versions = packagesOf(lock).filter(([path]) => nameOf(path) === name);
    const majors = new Set(versions.map(([, { version = '' }]) => version.split('.')[0]));
    return majors.size > 1 ? [`${name} is there in ${majors.size} major versions`] : [];
  });

const unneeded = (lock: Lock, { licences, installScripts }: Policy): string[] => {
  const names = new Set(packagesOf(lock).map(([path]) => nameOf(path)));
  return [...Object.keys(licences.exceptions), ...installScripts]
    .filter((name) => !names.has(name))
    .map((name) => `the policy names ${name}, which is not there`);
};

/** What `npm audit --json` answers. */
export interface AuditAnswer {
  readonly vulnerabilities?: Readonly<
    Record<
      string,
      {
        readonly via: readonly (
          string | { readonly url?: string; readonly title?: string; readonly severity?: string }
        )[];
      }
    >
  >;
}

const levels = ['info', 'low', 'moderate', 'high', 'critical'];

/** Undefined: the registry gives no advisories. @param today `YYYY-MM-DD` */
export const advisoryFaults = (
  { vulnerabilities }: AuditAnswer,
  { advisories: { level, exceptions } }: Policy,
  today: string,
): string[] | undefined => {
  if (vulnerabilities === undefined) return undefined;
  const held = new Set(exceptions.filter(({ until }) => until >= today).map(({ id }) => id));
  const expired = exceptions.filter(({ until }) => until < today).map(({ id }) => `the exception of ${id} has expired`);
  const found = Object.entries(vulnerabilities).flatMap(([name, { via }]) =>
    via.flatMap((one) => {
      if (typeof one === 'string') return [];
      const { url = '', title = '', severity = '' } = one;
      const counts = levels.indexOf(severity) >= levels.indexOf(level);
      return counts && !held.has(url.slice(url.lastIndexOf('/') + 1)) ? [`${name}: ${severity}: ${title} ${url}`] : [];
    }),
  );
  return [...expired, ...new Set(found)];
};

/** Packages that other ecosystems name in a file, and those of them that are not pinned. */
export interface Foreign {
  readonly packages: readonly string[];
  readonly faults: readonly string[];
}

const foreignOf = (named: readonly (readonly [name: string, version: string])[], exact: RegExp): Foreign => ({
  packages: named.map(([name, version]) => `${name} ${version}`),
  faults: named
    .filter(([, version]) => !exact.test(version))
    .map(([name, version]) => `${name} is not pinned: ${version}`),
});

export const pipPackages = (text: string): Foreign => {
  const lines = text.split('\n').filter((line) => /^\w/.test(line));
  return foreignOf(
    lines.map((line) => {
      const [name] = /^[\w.-]+/.exec(line) ?? [line];
      return [name, line.startsWith(`${name}==`) ? line.slice(name.length + 2) : line] as const;
    }),
    /^\d[\w.]*$/,
  );
};

export const mavenPackages = (text: string): Foreign => {
  const properties = new Map([...text.matchAll(/<([\w.-]+)>([^<]*)<\/\1>/g)].map(([, name, held]) => [name, held]));
  const named = [...text.matchAll(/<artifactId>([^<]+)<\/artifactId>\s*<version>([^<]+)<\/version>/g)];
  const versionOf = (version: string) =>
    version.replace(/\$\{([^}]+)\}/g, (all, name: string) => properties.get(name) ?? all);
  return foreignOf(
    named.map(([, name, version]) => [name, versionOf(version)] as const),
    /^\d[\w.-]*(?<!SNAPSHOT)$/,
  );
};

export const goPackages = (text: string): Foreign =>
  foreignOf(
    [...text.matchAll(/^\s*(?:require )?([\w./-]+\.\w[\w./-]*) (v\S+)/gm)].map(
      ([, name, version]) => [name, version] as const,
    ),
    /^v\d+\.\d+\.\d+/,
  );
