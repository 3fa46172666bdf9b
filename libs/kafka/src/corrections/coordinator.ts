/**
 * No broker that says who coordinates a group is a fault that passes.
 *
 * kafkajs 2.2.4 asks each broker that it knows once, swallows why one did not answer, and calls what is left a fault for good
 * (`KafkaJSGroupCoordinatorNotFound`): a consumer that was joining just then is not started again, and its process ends. Here it is
 * what kafkajs itself waits for and tries again, as when the broker is not known.
 */
import { createRequire } from 'node:module';

interface Cluster {
  findGroupCoordinatorMetadata(asked: unknown): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const { prototype } = require('kafkajs/src/cluster') as { readonly prototype: Cluster };
const { KafkaJSBrokerNotFound } = require('kafkajs/src/errors') as {
  readonly KafkaJSBrokerNotFound: new (message: string) => Error;
};

const ask = prototype.findGroupCoordinatorMetadata;

prototype.findGroupCoordinatorMetadata = async function (this: Cluster, asked: unknown) {
  try {
    return await ask.call(this, asked);
  } catch (error) {
    const { name, message } = error as Error;
    throw name === 'KafkaJSGroupCoordinatorNotFound' ? new KafkaJSBrokerNotFound(message) : error;
  }
};
