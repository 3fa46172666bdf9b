/** The bill of materials (CycloneDX), held to the lock: every locked package is in it, and what only builds and tests is marked. */
import { z } from 'zod';
import { packagesOf, type Lock } from './lock.js';

interface Component {
  readonly purl?: string | undefined;
  readonly properties?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly components?: readonly Component[] | undefined;
}

const componentSchema: z.ZodType<Component> = z.lazy(() =>
  z.object({
    purl: z.string().optional(),
    properties: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
    components: z.array(componentSchema).optional(),
  }),
);

export const billSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: z.string().optional(),
  metadata: z.object({ timestamp: z.string().optional() }),
  components: z.array(componentSchema),
});

export type Bill = z.infer<typeof billSchema>;

const allOf = (components: readonly Component[]): Component[] =>
  components.flatMap((each) => [each, ...allOf(each.components ?? [])]);

export const billFaults = (lock: Lock, bill: Bill): string[] => {
  const faults: string[] = [];
  if (bill.serialNumber !== undefined || bill.metadata.timestamp !== undefined)
    faults.push('two bills of one lock would differ: it has a serial number or a time');
  const shipped = new Map<string, boolean>();
  for (const { purl, properties } of allOf(bill.components)) {
    const isDevelopment = properties?.some(({ name }) => name === 'cdx:npm:package:development') ?? false;
    const key = decodeURIComponent(purl?.split('?')[0] ?? '');
    shipped.set(key, (shipped.get(key) ?? false) || !isDevelopment);
  }
  const either = new Set(packagesOf(lock).flatMap((each) => (each.isEither ? [purlOf(each)] : [])));
  const production = new Set(packagesOf(lock).flatMap((each) => (each.isDevelopment ? [] : [purlOf(each)])));
  for (const purl of new Set(packagesOf(lock).map(purlOf))) {
    const found = shipped.get(purl);
    if (found === undefined) faults.push(`${purl} is not in the bill`);
    else if (!either.has(purl) && found !== production.has(purl)) faults.push(`${purl} is marked wrongly`);
  }
  return faults;
};

const purlOf = ({ name, version }: { readonly name: string; readonly version: string }): string =>
  `pkg:npm/${name}@${version}`;
