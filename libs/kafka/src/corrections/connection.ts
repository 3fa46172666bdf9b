/**
 * A connection of kafkajs 2.2.4 begins anew when it connects again.
 *
 * kafkajs keeps one object for a broker and connects it again and again. What had arrived of a response when the socket broke stays in its
 * buffer, and the next socket's bytes are read behind it; several who want to connect at once each open a socket, all feeding that buffer;
 * and a socket that was given up still feeds it. What is read then is nonsense: the process ends with a RangeError, or waits for a
 * response of a gigabyte (https://github.com/tulios/kafkajs/issues/715). So: one socket at a time, an empty buffer, and the socket
 * before is not listened to any more.
 */
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { awaitedLater } from '#promises';

export interface Connection {
  socket?: Socket;
  chunks: Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  isConnected(): boolean;
  connect(): Promise<boolean>;
}

/** Bytes of a response's length, which comes first. */
const LENGTH_BYTES = 4;

const require = createRequire(import.meta.url);
const { prototype } = require('kafkajs/src/network/connection') as { readonly prototype: Connection };

const connect = prototype.connect;
const connecting = new WeakMap<Connection, Promise<boolean>>();

prototype.connect = function (this: Connection) {
  if (this.isConnected()) return connect.call(this);
  const underWay = connecting.get(this);
  if (underWay !== undefined) return underWay;
  beginAnew(this);
  const begun = awaitedLater(connect.call(this).finally(() => connecting.delete(this)));
  connecting.set(this, begun);
  return begun;
};

const beginAnew = (connection: Connection): void => {
  const { socket } = connection;
  socket?.removeAllListeners();
  socket?.on('error', () => undefined);
  socket?.destroy();
  connection.chunks = [];
  connection.bytesBuffered = 0;
  connection.bytesNeeded = LENGTH_BYTES;
};
