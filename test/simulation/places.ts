/**
 * Whether every group has committed that it read its topic to the end.
 *
 * Figures may be exact and a place stand before the end all the same: then a cut-off, a summary and a drain wait for ever.
 */
import { projectionGroup, projectionInputs, rollupGroup, stageInput, stages } from '#contracts';
import type { SimBroker } from './broker.js';
import { GENERATION, topics } from './worker.js';

const PREFIX = 'sim';

const readers = [
  ...stages.map((stage) => ({ group: rollupGroup(PREFIX, stage, GENERATION), topic: topics[stageInput[stage]] })),
  ...projectionInputs.map((key) => ({ group: projectionGroup(PREFIX, topics[key], GENERATION), topic: topics[key] })),
];

/** The first place that stands before its end; undefined where none does. */
export const placeFault = (broker: SimBroker): string | undefined => {
  for (const { group, topic } of readers) {
    const { offsets } = broker.group(group);
    for (const [partition, { highWatermark }] of broker.log.partitions(topic).entries()) {
      const committed = offsets.get(partition)?.offset ?? 0;
      if (committed < highWatermark)
        return `place of ${group} in ${topic}/${partition}: ${committed} of ${highWatermark}`;
    }
  }
  return undefined;
};
