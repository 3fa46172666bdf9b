/** Injection tokens of a stage. */
export const STAGE_CONTEXT = Symbol('StageContext');
export const PARTITIONS = Symbol('OwnedPartitions');
