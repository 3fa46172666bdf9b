import { KafkaJSConnectionError } from 'kafkajs';
import { isKafkaError } from './errors.js';

describe("an error of Kafka's client", () => {
  it.each([
    [new KafkaJSConnectionError('away'), true],
    [new Error('wrapped', { cause: new KafkaJSConnectionError('away') }), true],
    // What kafkajs throws where a broker is lost between finding and asking it: it ended a stage when Kafka was cut off.
    [new Error('Broker not connected'), true],
    [new TypeError('a fault of ours'), false],
    [undefined, false],
  ])('%s: %s', (error, expected) => expect(isKafkaError(error)).toBe(expected));
});
