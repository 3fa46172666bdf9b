/**
 * The rules for packages of others (dependencies.policy.json), and what of package.json and package-lock.json breaks them.
 *
 * What no rule allows is a fault. An exception names its reason and its last day; one that has expired, or that nothing needs, is a fault too.
 */
import { z } from 'zod';
import { packagesOf, shippedOf, type Lock, type LockedPackage } from './lock.js';

const named = z.object({ name: z.string().min(1), reason: z.string().min(1) });
const rules = ['licence', 'pin', 'install-script', 'advisory'] as const;

export const policySchema = z.strictObject({
  /** SPDX identifiers. What is shipped may have fewer of them than what only builds and tests. */
  licences: z.strictObject({ shipped: z.array(z.string()), development: z.array(z.string()) }),
  /** What the page imports: built into it, so shipped, though package.json has it among what only builds. */
  pagePackages: z.array(z.string()),
  denied: z.array(named),
  installScripts: z.array(named),
  /** Advisories of these severities are faults. */
  advisories: z.array(z.enum(['low', 'moderate', 'high', 'critical'])),
  /** Versions that a program names; the pattern's first group is the version. */
  programs: z.array(z.strictObject({ name: z.string(), file: z.string(), pattern: z.string() })),
  exceptions: z.array(
    z.strictObject({
      rule: z.enum(rules),
      /** A package's name; of an advisory, its address; of a pin, what is not pinned. */
      subject: z.string().min(1),
      reason: z.string().min(1),
      until: z.iso.date(),
    }),
  ),
});

export type Policy = z.infer<typeof policySchema>;

/** A broken rule. An exception may take one away that has a rule that exceptions can be made from. */
export interface Fault {
  readonly rule: (typeof rules)[number] | 'denied' | 'integrity' | 'manifest';
  readonly subject: string;
  readonly what: string;
}

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** One version and no other: of Maven, Go, Python. */
export const isExact = (version: unknown): boolean =>
  typeof version === 'string' &&
  /^v?\d+(\.\d+)+((a|b|rc)\d+)?(\.(post\d+|Final))?([+-][\w.+-]+)?$/.test(version) &&
  !/snapshot/i.test(version);

/** Where `4.1` stands for any `4.1.x`: npm, container images. */
export const isExactPatch = (version: unknown): boolean => isExact(version) && /^\d+\.\d+\.\d+/.test(String(version));

export const packageFaults = (policy: Policy, manifest: Manifest, lock: Lock): Fault[] => {
  const shipped = new Set(shippedOf(lock, policy.pagePackages).map(({ path }) => path));
  const development = [...policy.licences.shipped, ...policy.licences.development];
  return [
    ...pinFaults(manifest, lock),
    ...packagesOf(lock).flatMap((each) => [
      ...licenceFaults(each, shipped.has(each.path) ? policy.licences.shipped : development),
      ...originFaults(policy, each),
    ]),
  ];
};

/** Overrides by package, those within another package too. */
const overridden = (overrides: Readonly<Record<string, unknown>>): [string, unknown][] =>
  Object.entries(overrides).flatMap(([name, version]) =>
    typeof version === 'object' && version !== null
      ? overridden(version as Record<string, unknown>)
      : [[name, version]],
  );

const pinFaults = ({ dependencies = {}, devDependencies = {}, overrides = {} }: Manifest, lock: Lock): Fault[] => {
  const locked = { ...lock.packages['']?.devDependencies, ...lock.packages['']?.dependencies };
  const direct = Object.entries({ ...devDependencies, ...dependencies });
  /** `$name` is the version that stands among the direct ones, where it is exact. */
  const isDirect = (version: unknown) => direct.some(([name]) => `$${name}` === version);
  return [
    ...[...direct, ...overridden(overrides).filter(([, version]) => !isDirect(version))]
      .filter(([, version]) => !isExactPatch(version))
      .map(([subject, version]): Fault => ({
        rule: 'pin',
        subject,
        what: `${JSON.stringify(version)} is not an exact version`,
      })),
    ...direct
      .filter(([name, version]) => locked[name] !== version)
      .map(([subject]): Fault => ({ rule: 'manifest', subject, what: 'package-lock.json is of another package.json' })),
  ];
};

const licenceFaults = ({ name, version, licence }: LockedPackage, allowed: readonly string[]): Fault[] =>
  isAllowed(licence, allowed)
    ? []
    : [{ rule: 'licence', subject: name, what: `${version} has the licence ${licence || '(none)'}` }];

/** SPDX expressions as npm's packages write them: one pair of parentheses; AND binds more than OR. Anything else is not allowed. */
export const isAllowed = (expression: string, allowed: readonly string[]): boolean => {
  const plain = expression.replace(/^\(([^()]*)\)$/, '$1');
  if (/[()]/.test(plain)) return false;
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.includes(licence)));
};

const originFaults = (policy: Policy, { name, version, hasIntegrity, hasInstallScript }: LockedPackage): Fault[] => {
  const faults: Fault[] = [];
  const denied = policy.denied.find((each) => each.name === name);
  if (denied !== undefined) faults.push({ rule: 'denied', subject: name, what: denied.reason });
  if (!hasIntegrity) faults.push({ rule: 'integrity', subject: name, what: `${version} is locked without a hash` });
  if (hasInstallScript && !policy.installScripts.some((each) => each.name === name))
    faults.push({ rule: 'install-script', subject: name, what: `${version} runs a program when it is installed` });
  return faults;
};

/** The faults that no exception takes away, and the exceptions that are faults themselves. `today` is a day, YYYY-MM-DD. */
export const afterExceptions = (policy: Policy, faults: readonly Fault[], today: string): string[] => {
  const isOf = (fault: Fault, { rule, subject }: Policy['exceptions'][number]): boolean =>
    fault.rule === rule && fault.subject === subject;
  const holding = policy.exceptions.filter(({ until }) => until >= today);
  const said = (fault: Fault): string => `${fault.rule}: ${fault.subject}: ${fault.what}`;
  return [
    ...faults.filter((fault) => !holding.some((exception) => isOf(fault, exception))).map(said),
    ...policy.exceptions
      .filter(({ until }) => until < today)
      .map(({ rule, subject, until }) => `exception: ${rule} of ${subject} expired on ${until}`),
    ...holding
      .filter((exception) => exception.rule !== 'advisory' && !faults.some((fault) => isOf(fault, exception)))
      .map(({ rule, subject }) => `exception: ${rule} of ${subject} is needed by nothing`),
  ];
};
