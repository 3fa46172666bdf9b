/**
 * An idle kafkajs connection sleeps.
 *
 * kafkajs 2.2.4 looks into a connection's queue of held-back requests every millisecond, for as long as the connection stands,
 * whether anything is held back or not (https://github.com/tulios/kafkajs/issues/1704). A stage has a dozen connections and a
 * machine many stages: waking up took more processor time than a hundred events a second. With nothing held back there is
 * nothing to look for; what is held back later asks for a look itself.
 */
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype: queue } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  readonly prototype: RequestQueue;
};
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own `this` below
const look = queue.scheduleCheckPendingRequests;

queue.scheduleCheckPendingRequests = function (this: RequestQueue) {
  if (this.pending.length > 0) look.call(this);
};
