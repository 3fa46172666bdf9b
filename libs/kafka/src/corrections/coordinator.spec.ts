import { createRequire } from 'node:module';
import './coordinator.js';

const require = createRequire(__filename);
const Cluster = require('kafkajs/src/cluster') as new (options: unknown) => {
  brokerPool: unknown;
  findGroupCoordinator(asked: { groupId: string }): Promise<unknown>;
  refreshMetadata(): Promise<void>;
  findBroker(asked: { nodeId: number }): Promise<unknown>;
};
const quiet = { debug: () => undefined, error: () => undefined, info: () => undefined, warn: () => undefined };
const logger = { ...quiet, namespace: () => quiet };

/** A cluster whose brokers answer from the attempt given on. */
const clusterOf = (answersFrom: number, retries = 3) => {
  const cluster = new Cluster({ logger, retry: { initialRetryTime: 1, retries }, socketFactory: () => undefined });
  let attempts = 0;
  cluster.brokerPool = {
    withBroker: () => {
      attempts += 1;
      return Promise.resolve(attempts < answersFrom ? null : { coordinator: { nodeId: 1 } });
    },
  };
  cluster.refreshMetadata = () => Promise.resolve();
  cluster.findBroker = ({ nodeId }) => Promise.resolve({ nodeId });
  return cluster;
};

describe("a group's coordinator", () => {
  it('is asked for again where no broker has answered', async () => {
    await expect(clusterOf(3).findGroupCoordinator({ groupId: 'g' })).resolves.toEqual({ nodeId: 1 });
  });

  it('that nobody names in the end is a fault after which kafkajs starts a consumer again', async () => {
    const name = 'KafkaJSNumberOfRetriesExceeded';
    await expect(clusterOf(99).findGroupCoordinator({ groupId: 'g' })).rejects.toMatchObject({ name });
  });
});
