/** Injection tokens of a stage. */
export const STAGE_CONTEXT = Symbol('StageContext');
export const ROLLUP_STAGE = Symbol('RollupStage');
export const PARTITIONS = Symbol('OwnedPartitions');
