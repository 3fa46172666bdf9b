/** The bugs that can be put back on purpose (planted.ts). */
export const plantedNames = [
  'commit-before-write',
  'no-offset-guard',
  'delta-records',
  'partial-bulk-write-acknowledged',
  'flush-lost-on-revoke',
] as const;
export type PlantedBug = (typeof plantedNames)[number];
