import { createRequire } from 'node:module';
import { createServer, connect as connectTo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Connection } from './connection.js';
import './connection.js';

const require = createRequire(__filename);
const KafkajsConnection = require('kafkajs/src/network/connection') as new (options: unknown) => Connection & {
  processData(bytes: Buffer): void;
  disconnect(): Promise<unknown>;
};
const silent = { debug: () => undefined, error: () => undefined, info: () => undefined, warn: () => undefined };

describe('a connection of kafkajs', () => {
  let server: Server;
  const accepted: Socket[] = [];
  const connectionTo = ({ port }: { port: number }) =>
    new KafkajsConnection({
      host: '127.0.0.1',
      port,
      logger: { namespace: () => silent },
      connectionTimeout: 2_000,
      requestTimeout: 2_000,
      socketFactory: ({ onConnect }: { onConnect: () => void }) => connectTo({ port, host: '127.0.0.1' }, onConnect),
    });

  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      accepted.push(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const socket of accepted.splice(0)) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('leaves behind what it had of a response when it broke', async () => {
    const connection = connectionTo(server.address() as { port: number });
    await connection.connect();
    const length = Buffer.alloc(4);
    length.writeInt32BE(1_000_000);
    connection.processData(Buffer.concat([length, Buffer.alloc(10)]));
    expect(connection.bytesNeeded).toBe(1_000_004);
    await connection.disconnect();
    await connection.connect();
    expect([connection.chunks, connection.bytesBuffered, connection.bytesNeeded]).toEqual([[], 0, 4]);
    await connection.disconnect();
  });

  it('does not hear the socket before', async () => {
    const connection = connectionTo(server.address() as { port: number });
    await connection.connect();
    const before = connection.socket;
    await connection.disconnect();
    await connection.connect();
    expect([before?.destroyed, before?.listenerCount('data')]).toEqual([true, 0]);
    await connection.disconnect();
  });

  it('opens one socket when several want it at once', async () => {
    const connection = connectionTo(server.address() as { port: number });
    await Promise.all([connection.connect(), connection.connect(), connection.connect()]);
    expect(accepted).toHaveLength(1);
    await connection.disconnect();
  });
});
