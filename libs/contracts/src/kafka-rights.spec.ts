import { kafkaRights, kafkaUsers } from './kafka-rights.js';
import { eventTopics, provinceEventTopics } from './event-topics.js';
import { services } from './services.js';
import { stageInput } from './groups.js';
import { topicsOf } from './topics.js';

const topics = topicsOf('duan5');
const rights = kafkaRights('duan5');
const writersOf = (topic: string) =>
  rights.filter(({ writes }) => writes.includes(topic)).map(({ principal }) => principal);
const of = (principal: string) => rights.find((each) => each.principal === principal);

describe('rights in Kafka', () => {
  it('are given to each service, the operator and each direct publisher, and to nobody else', () => {
    expect(rights.map(({ principal }) => principal)).toEqual(kafkaUsers);
    expect(kafkaUsers).toHaveLength(
      services.filter(({ servers }) => servers.includes('kafka')).length + 1 + provinceEventTopics(topics).length,
    );
  });

  it('leave the main event topic to the intake, and each province’s topic to its own publisher', () => {
    expect(writersOf(topics.indicatorEvents)).toEqual(['intake']);
    for (const { topic, province } of provinceEventTopics(topics))
      expect(writersOf(topic)).toEqual([`publisher-${province}`]);
  });

  it('let a publisher write one topic and do nothing else', () => {
    const nothing = { reads: [], groups: [], sees: false, owns: false };
    expect(of('publisher-01')).toEqual({
      principal: 'publisher-01',
      writes: ['duan5.indicator-events.v1.01'],
      ...nothing,
    });
  });

  it('let no service issue itself a key', () => {
    expect(writersOf(topics.accessKeys)).toEqual([]);
    expect(writersOf(topics.accessKeyUses)).toEqual(['intake', 'dashboard']);
  });

  it('let each stage read what it reads', () => {
    expect(of('rollup-check')?.reads).toEqual(expect.arrayContaining([...eventTopics(topics)]));
    expect(of('rollup-province')?.reads).toContain(topics[stageInput.province]);
    expect(of('rollup-ministry')?.reads).toContain(topics[stageInput.ministry]);
  });

  it('make nobody but the operator the owner', () =>
    expect(rights.filter(({ owns }) => owns).map(({ principal }) => principal)).toEqual(['operator']));
});
