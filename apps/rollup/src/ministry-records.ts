/** What the state of a ministry partition becomes in records: windows of the country, and a note in its input of how much it knows. */
import { encodeWindowRollups, RECORD_VERSION, WINDOWS_KEY, windowRollupsKey, type WindowsNote } from '#contracts';
import { COUNTRY, type NationalWindow } from '#domain';
import type { OutRecord } from '#kafka';
import { windowPartition } from '#stream';
import type { StageContext } from './rollup.config.js';

/** How changes become records. */
export interface MinistryRecords {
  window(window: NationalWindow): OutRecord;
  /** The stage's note of how many windows of provinces it knows. */
  windows(count: number): OutRecord;
}

export const ministryRecords = (
  { topics, generation: g, partitions }: Pick<StageContext, 'topics' | 'generation' | 'partitions'>,
  partition: number,
): MinistryRecords => {
  const windowPartitions = partitions.get(topics.nationalRollups) as number;
  return {
    window: (window) => ({
      topic: topics.nationalRollups,
      partition: windowPartition(window.window, windowPartitions),
      key: windowRollupsKey(COUNTRY, window.window),
      value: encodeWindowRollups({ g, unit: COUNTRY, ...window }),
    }),
    windows: (count) => {
      const note: WindowsNote = { v: RECORD_VERSION, g, windows: count };
      return { topic: topics.provinceRollups, partition, key: WINDOWS_KEY, value: JSON.stringify(note) };
    },
  };
};
