/** The product's own reference, under the name that tests know it by. */
import { Recomputation as Reference, type Decision, type Report } from '#domain';

export { Reference };

/** Of everything that was received and decided. @param asOf milliseconds since the epoch; left out: now */
export const referenceAt = (
  asOf: number | undefined,
  reports: readonly Report[],
  decisions: readonly Decision[] = [],
): Reference => {
  const reference = new Reference(asOf);
  for (const report of reports) reference.take(report);
  for (const decision of decisions) reference.decide(decision);
  return reference;
};
