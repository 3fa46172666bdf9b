/** Configuration of a stage, parsed once at the start. */
import { z } from 'zod';
import { stages, type Topics } from '#contracts';
import { platformSchema, sealingFields, type OnRefused, type Sealer } from '#service';
import type { SkippedRecords } from '#stream';

export const rollupSchema = platformSchema.omit({ MONGODB_URI: true, REDIS_URL: true }).extend({
  ...sealingFields,
  STAGE: z.enum(stages),
  /** While more events than this wait in a partition, a stage writes less often. */
  BEHIND_EVENTS: z.coerce.number().int().min(0).default(500),
  /** How often it writes then, in milliseconds. */
  BEHIND_FLUSH_MS: z.coerce.number().int().min(0).default(5_000),
  /** Unit months changed and not written yet, at most, in a partition. */
  MAX_PENDING: z.coerce.number().int().min(1).default(20_000),
});
export type RollupConfig = z.infer<typeof rollupSchema>;

/** What a running stage knows of its installation. */
export interface StageContext {
  readonly config: RollupConfig;
  readonly topics: Topics;
  readonly generation: number;
  /** How many partitions each topic has. */
  readonly partitions: ReadonlyMap<string, number>;
  /** What an operator has set aside. */
  readonly skipped?: SkippedRecords;
  readonly onRefused?: OnRefused;
  /** Where bytes of what is refused are sealed. */
  readonly sealer?: Sealer;
  /** How many words stand in a unit's month beside those of its cells; undefined: as many as a record takes well. */
  readonly wordsBeside?: number;
}
