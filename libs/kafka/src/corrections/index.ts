/**
 * Three things that kafkajs 2.2.4 does for nothing, left out.
 *
 * - It looks into a connection's queue of held-back requests every millisecond, for as long as the connection stands, whether
 *   anything is held back or not (https://github.com/tulios/kafkajs/issues/1704). A stage has a dozen connections: waking up took
 *   more processor time than a hundred events a second. With nothing held back there is nothing to look for; what is held back
 *   later asks for a look itself.
 * - It asks who coordinates a transactional id twice for every transaction. The answer changes when a broker goes or comes; it is
 *   kept for a moment. kafkajs tries again where the coordinator has moved, and by then it is asked for again.
 * - It writes a record in many small pieces (kafkajs-record.ts). kafkajs asks for its own function when it first produces.
 */
import { createRequire } from 'node:module';
// First: it ends the process where what follows would correct something else.
import './internals.js';
import './broker.js';
import './connection.js';
import './coordinator.js';
import './fetch.js';
import { encodeRecord, MAX_SHORT_DELTA, type Encoded, type ProtocolRecord } from './record.js';

const require = createRequire(import.meta.url);

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype: queue } = require('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };

const look = queue.scheduleCheckPendingRequests;

queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0) look.call(this);
};

interface Asked {
  readonly groupId: string;
  readonly coordinatorType: number;
}
interface Cluster {
  findGroupCoordinatorMetadata(asked: Asked): Promise<unknown>;
}

const TRANSACTION = 1;
const KEPT_MS = 1_000;

const { prototype: cluster } = require('kafkajs/src/cluster') as { readonly prototype: Cluster };

const ask = cluster.findGroupCoordinatorMetadata;
/** A producer has a cluster of its own, and one transactional id. */
const answers = new WeakMap<Cluster, { readonly at: number; readonly answer: unknown }>();

cluster.findGroupCoordinatorMetadata = async function (this: Cluster, asked: Asked) {
  if (asked.coordinatorType !== TRANSACTION) return ask.call(this, asked);
  const held = answers.get(this);
  if (held !== undefined && performance.now() - held.at < KEPT_MS) return held.answer;
  const answer = await ask.call(this, asked);
  answers.set(this, { at: performance.now(), answer });
  return answer;
};

const RECORD = 'kafkajs/src/protocol/recordBatch/record/v0';

const encodeAny = require(RECORD) as (record: ProtocolRecord) => Encoded;

const isPlain = ({ timestampDelta = 0, headers, key, value }: ProtocolRecord): boolean =>
  Math.abs(timestampDelta) < MAX_SHORT_DELTA &&
  (headers === undefined || Object.values(headers).every(isTextOrBytes)) &&
  isTextOrBytes(key) &&
  isTextOrBytes(value);

const isTextOrBytes = (content: unknown): boolean =>
  typeof content === 'string' || content === null || content === undefined || Buffer.isBuffer(content);

const cached = require.cache[require.resolve(RECORD)] as NodeJS.Module;
cached.exports = (record: ProtocolRecord) => (isPlain(record) ? encodeRecord : encodeAny)(record);
