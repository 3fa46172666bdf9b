import { AssignerProtocol, type Cluster, type Logger } from 'kafkajs';
import { inOrder } from './assigner.js';

describe('the assignment of partitions', () => {
  it.each([1, 2, 3, 4])('gives each of %i workers its part of the first four partitions', async (workers) => {
    const listed = [7, 2, 0, 11, 5, 3, 9, 1, 10, 4, 8, 6].map((partitionId) => ({ partitionId }));
    const cluster = { findTopicPartitionMetadata: () => listed } as unknown as Cluster;
    const assigner = inOrder({ cluster, groupId: 'g', logger: undefined as unknown as Logger });
    const members = Array.from({ length: workers }, (_, n) => ({ memberId: `m${n}`, memberMetadata: Buffer.alloc(0) }));
    const assigned = await assigner.assign({ members, topics: ['t'] });
    const firstFour = assigned.map(({ memberAssignment }) => {
      const { assignment } = AssignerProtocol.MemberAssignment.decode(memberAssignment) ?? { assignment: { t: [] } };
      return assignment.t.filter((partition) => partition < 4).length;
    });
    expect(Math.max(...firstFour) - Math.min(...firstFour)).toBeLessThan(2);
    expect(firstFour.reduce((sum, held) => sum + held, 0)).toBe(4);
  });
});
