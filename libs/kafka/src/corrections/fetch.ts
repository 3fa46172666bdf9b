/**
 * kafkajs 2.2.4 reads a fetch's record batches by record-batches.ts.
 *
 * Its own way ends the consumer at a codec that it lacks, looks at no checksum, and takes quadratic time for a record's headers. The module is
 * replaced before kafkajs first asks for it, which is at the first fetch.
 */
import { createRequire } from 'node:module';
import { readBatches } from './record-batches.js';

interface ResponseDecoder {
  readInt32(): number;
  canReadBytes(size: number): boolean;
  readBytes(size: number): Buffer;
}

const require = createRequire(import.meta.url);
const DECODE = 'kafkajs/src/protocol/requests/fetch/v4/decodeMessages';
require(DECODE);
const cached = require.cache[require.resolve(DECODE)] as NodeJS.Module;

cached.exports = (decoder: ResponseDecoder) => {
  const size = decoder.readInt32();
  return size <= 0 || !decoder.canReadBytes(size) ? Promise.resolve([]) : readBatches(decoder.readBytes(size));
};
