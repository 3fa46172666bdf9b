/**
 * Partitions in turn to the members of a group, in the order of their numbers.
 *
 * kafkajs' own assigner goes round in the order in which a broker happens to list them. The provinces stand in the first few
 * partitions of a topic, so one worker could get all of those and the next one none.
 */
import { PartitionAssigners, type Cluster, type PartitionAssigner } from 'kafkajs';

export const inOrder: PartitionAssigner = (config) => {
  const findTopicPartitionMetadata: Cluster['findTopicPartitionMetadata'] = (topic) =>
    [...config.cluster.findTopicPartitionMetadata(topic)].sort((a, b) => a.partitionId - b.partitionId);
  return PartitionAssigners.roundRobin({ ...config, cluster: { ...config.cluster, findTopicPartitionMetadata } });
};
