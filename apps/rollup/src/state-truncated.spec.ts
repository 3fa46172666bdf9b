import type { Kafka } from '#kafka';
import { requireInput, requireWhole } from './state-truncated.js';

/** What the broker says of partition 3: how far the group is, with which mark, and where the input begins. */
const aKafka = (offset: string, metadata: string | null, low = '0'): Kafka => {
  const admin = {
    connect: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    fetchOffsets: () => Promise.resolve([{ topic: 'in', partitions: [{ partition: 3, offset, metadata }] }]),
    fetchTopicOffsets: () => Promise.resolve([{ partition: 3, low, high: '99', offset: '99' }]),
  };
  return { admin: () => admin } as unknown as Kafka;
};
const input = { topic: 'in', groupId: 'g' };
const restored = { topic: 'state', partition: 3, found: 4, noted: 4, hasNote: true };
const fresh = { ...restored, found: 0, noted: undefined, hasNote: false };
const truncated = { code: 'STATE_TRUNCATED', retryable: false };

describe('a restore', () => {
  it('that finds as much as the state says it holds, or more, is whole', async () => {
    await requireWhole(aKafka('9', 'tonghop@9'), input, restored);
    await requireWhole(aKafka('9', 'tonghop@9'), input, { ...restored, found: 5 });
  });

  it('of a note that an older version wrote cannot tell', async () => {
    await requireWhole(aKafka('9', 'tonghop@9'), input, { ...restored, noted: undefined });
  });

  it('that finds less is not gone on from', async () => {
    await expect(requireWhole(aKafka('-1', null), input, { ...restored, found: 3 })).rejects.toMatchObject({
      ...truncated,
      context: { topic: 'state', partition: 3, found: 3, noted: 4 },
    });
  });

  it('that finds nothing is one of a new generation, unless the stage had committed something in it', async () => {
    await requireWhole(aKafka('-1', null), input, fresh);
    await requireWhole(aKafka('9', null), input, fresh);
    await expect(requireWhole(aKafka('9', 'tonghop@9'), input, fresh)).rejects.toMatchObject(truncated);
  });

  it('goes on only where the input still holds what was not read', async () => {
    await requireInput(aKafka('-1', null, '7'), input, 3, '7');
    const failure = requireInput(aKafka('-1', null, '8'), input, 3, '7');
    await expect(failure).rejects.toMatchObject({ code: 'INPUT_TRUNCATED', retryable: false });
    // Made anew: it ends before the place, and what comes would be taken for what was read.
    await expect(requireInput(aKafka('-1', null), input, 3, '100')).rejects.toMatchObject({ code: 'INPUT_TRUNCATED' });
  });
});
