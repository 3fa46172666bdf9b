/** What the state of a ministry partition becomes in records: windows of the country, and a note in its input of how much it knows. */
import { RECORD_VERSION, WINDOWS_KEY, type WindowsNote } from '#contracts';
import { COUNTRY, type NationalWindow } from '#domain';
import type { OutRecord } from '#kafka';
import type { StageContext } from './rollup.config.js';
import { windowRecords } from './window-records.js';

/** How changes become records. */
export interface MinistryRecords {
  window(window: NationalWindow): OutRecord;
  /** The stage's note of how many windows of provinces it knows. */
  windows(count: number): OutRecord;
}

export const ministryRecords = (
  context: Pick<StageContext, 'topics' | 'generation' | 'partitions'>,
  partition: number,
): MinistryRecords => {
  const { topics, generation: g } = context;
  const record = windowRecords(context, topics.nationalRollups);
  return {
    window: (window) => record({ unit: COUNTRY, ...window }),
    windows: (count) => {
      const note: WindowsNote = { v: RECORD_VERSION, g, windows: count };
      return { topic: topics.provinceRollups, partition, key: WINDOWS_KEY, value: JSON.stringify(note) };
    },
  };
};
