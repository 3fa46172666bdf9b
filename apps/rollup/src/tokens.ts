/** Injection tokens of a stage. */
export const STAGE_CONTEXT = Symbol('StageContext');
export const PRODUCER = Symbol('Producer');
export const PARTITIONS = Symbol('OwnedPartitions');
