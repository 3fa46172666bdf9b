/** A window as the record that says it: in the partition of its year, keyed by its unit. */
import { encodeWindowRollups, windowRollupsKey } from '#contracts';
import type { ProvinceWindow } from '#domain';
import type { OutRecord } from '#kafka';
import { windowPartition } from '#stream';
import type { StageContext } from './rollup.config.js';

/** @param topic province-rollups or national-rollups */
export const windowRecords = (
  { generation: g, partitions }: Pick<StageContext, 'generation' | 'partitions'>,
  topic: string,
): ((window: ProvinceWindow) => OutRecord) => {
  const count = partitions.get(topic) as number;
  return (window) => ({
    topic,
    partition: windowPartition(window.window, count),
    key: windowRollupsKey(window.unit, window.window),
    value: encodeWindowRollups({ g, ...window }),
  });
};
