/**
 * A broker whose connection is being made again is a fault that passes.
 *
 * kafkajs 2.2.4 takes one for connected while its versions are not known yet, asks it, and throws a plain `Error('Broker not connected')`,
 * which it takes for a fault for good: a consumer that was being started again just then is not, and its process ends. Here it is what kafkajs
 * itself tries again, or starts a consumer again after.
 */
import { createRequire } from 'node:module';

/** Finds how a request is spelled for the broker; throws where that is not known yet. */
type Lookup = (...asked: unknown[]) => unknown;

const require = createRequire(import.meta.url);
const { prototype } = require('kafkajs/src/broker') as { readonly prototype: object };
const { KafkaJSBrokerNotFound } = require('kafkajs/src/errors') as {
  readonly KafkaJSBrokerNotFound: new (message: string) => Error;
};

const lookups = new WeakMap<object, Lookup>();

const notYet: Lookup = () => {
  throw new KafkaJSBrokerNotFound('Broker not connected');
};

Object.defineProperty(prototype, 'lookupRequest', {
  get(this: object) {
    return lookups.get(this);
  },
  /** The name is that of kafkajs' own function; broker.spec.ts finds out where it is another. */
  set(this: object, lookup: Lookup) {
    lookups.set(this, lookup.name === 'notInitializedLookup' ? notYet : lookup);
  },
});
