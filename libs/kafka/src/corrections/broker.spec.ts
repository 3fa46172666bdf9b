import { createRequire } from 'node:module';
import './broker.js';

const require = createRequire(__filename);
const Broker = require('kafkajs/src/broker') as new (options: unknown) => {
  lookupRequest: unknown;
  metadata(topics: string[]): Promise<unknown>;
};
const quiet = { debug: () => undefined, error: () => undefined, info: () => undefined, warn: () => undefined };
const logger = { ...quiet, namespace: () => quiet };
const aBroker = () => new Broker({ connectionPool: { connectionTimeout: 1, host: 'none', port: 1 }, logger });

describe('a broker of kafkajs', () => {
  it('whose versions are not known yet is a fault after which kafkajs tries again', async () => {
    const fault = { name: 'KafkaJSBrokerNotFound', retriable: true, message: 'Broker not connected' };
    await expect(aBroker().metadata(['t'])).rejects.toMatchObject(fault);
  });

  it('is asked as it says when they are', () => {
    const [one, other] = [aBroker(), aBroker()];
    const lookup = () => 'known';
    one.lookupRequest = lookup;
    expect(one.lookupRequest).toBe(lookup);
    expect(other.lookupRequest).not.toBe(lookup);
  });
});
