/** What `npm audit --json` answered. A registry that gives no advisories is not one that has none: the two are told apart. */
import { z } from 'zod';
import type { Fault, Policy } from './policy.js';

const via = z.object({ url: z.string(), title: z.string(), severity: z.string(), name: z.string() });
const answerSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), via])) })),
});

/** `undefined`: advisories were not checked. */
export const advisoryFaults = (policy: Policy, answer: string): Fault[] | undefined => {
  const parsed = answerSchema.safeParse(jsonOf(answer));
  if (!parsed.success) return undefined;
  const found = new Map<string, Fault>();
  const all = Object.values(parsed.data.vulnerabilities).flatMap((each) => each.via);
  for (const each of all) {
    // A name is a package that has it from another one, which is in the list too.
    if (typeof each === 'string' || !isFault(policy, each.severity)) continue;
    found.set(each.url, { rule: 'advisory', subject: each.url, what: `${each.name}: ${each.severity}: ${each.title}` });
  }
  return [...found.values()];
};

/** A severity that is not known is taken for a fault. */
const isFault = (policy: Policy, severity: string): boolean =>
  !['info', 'low', 'moderate'].includes(severity) || policy.advisories.some((each) => each === severity);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};
