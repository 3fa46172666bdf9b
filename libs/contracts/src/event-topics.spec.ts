import { provinces } from '#domain';
import {
  admittedProvince,
  eventPartition,
  eventPartitionName,
  eventTopics,
  provinceEventTopics,
} from './event-topics.js';
import { topicSpecs, topicsOf } from './topics.js';

const topics = topicsOf('duan5');

describe('the topics that events come by', () => {
  it('are the main one and one for each province, and all are made where they are missing, with the main one’s settings', () => {
    expect(eventTopics(topics)).toHaveLength(1 + provinces.length);
    expect(eventTopics(topics)).toContain('duan5.indicator-events.v1.01');
    const specs = new Map(topicSpecs(topics).map((spec) => [spec.topic, spec]));
    const main = specs.get(topics.indicatorEvents);
    for (const { topic } of provinceEventTopics(topics))
      expect(specs.get(topic)).toEqual({ topic, partitions: 1, config: main?.config });
  });

  it('admit one province, and the main one all', () => {
    expect(admittedProvince(topics, 'duan5.indicator-events.v1.22')).toBe('22');
    expect(admittedProvince(topics, topics.indicatorEvents)).toBeUndefined();
    expect(admittedProvince(topics, topics.rejectedEvents)).toBeUndefined();
  });

  it('have partitions with a number each, the main one’s as they always were', () => {
    expect(eventPartition(topics, topics.indicatorEvents, 11)).toBe(11);
    const numbers = eventTopics(topics).flatMap((topic) =>
      [0, 1, 999].map((partition) => eventPartition(topics, topic, partition)),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const { topic, numbersFrom } of provinceEventTopics(topics))
      expect(eventPartition(topics, topic, 2)).toBe(numbersFrom + 2);
  });

  it('have partitions with a name each', () => {
    expect([3, eventPartition(topics, `${topics.indicatorEvents}.01`, 0)].map(eventPartitionName)).toEqual([
      '3',
      '01/0',
    ]);
  });
});
