import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { seeded } from './seeded-workload.js';
import { TcpProxy } from './tcp-proxy.js';
import { freePort } from './installation.js';

describe('a TCP proxy', () => {
  let echo: Server;
  let proxy: TcpProxy;
  const open: Socket[] = [];

  beforeEach(async () => {
    echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.open(await freePort(), seeded(1));
    proxy.targetPort = (echo.address() as { port: number }).port;
  });
  afterEach(async () => {
    for (const socket of open.splice(0)) socket.destroy();
    await proxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  const client = async (): Promise<Socket> => {
    const socket = connect({ port: proxy.port, host: '127.0.0.1' });
    open.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const answer = async (socket: Socket, bytes: number): Promise<Buffer> => {
    let got = Buffer.alloc(0);
    for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      got = Buffer.concat([got, chunk]);
      if (got.length >= bytes) break;
    }
    return got;
  };
  const endOf = (socket: Socket): Promise<string> =>
    new Promise((resolve) => {
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
      socket.once('close', () => resolve('closed'));
      socket.resume();
    });

  it('carries bytes both ways in their order', async () => {
    const socket = await client();
    const sent = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => n % 251));
    socket.write(sent);
    expect((await answer(socket, sent.length)).equals(sent)).toBe(true);
  });

  it('refuses and breaks connections while it is cut, and takes new ones at its port once mended', async () => {
    const socket = await client();
    const ended = endOf(socket);
    await proxy.cut();
    expect(await ended).toBe('closed');
    await expect(client()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await proxy.mend();
    const again = await client();
    again.write('x');
    expect(String(await answer(again, 1))).toBe('x');
  });

  it('delays both ways without mixing the order up', async () => {
    const socket = await client();
    proxy.slow({ leastMs: 40, mostMs: 80 });
    const startedAt = performance.now();
    for (const text of ['a', 'b', 'c', 'd']) {
      socket.write(text);
      await sleep(5);
    }
    expect(String(await answer(socket, 4))).toBe('abcd');
    expect(performance.now() - startedAt).toBeGreaterThan(79);
  });

  it('resets the connections that stand and new ones, until mended', async () => {
    const socket = await client();
    const ended = endOf(socket);
    proxy.reset(30);
    expect(await ended).toBe('ECONNRESET');
    expect(await endOf(await client())).toBe('ECONNRESET');
    await proxy.mend();
    const again = await client();
    again.write('y');
    expect(String(await answer(again, 1))).toBe('y');
  });

  it('ends a connection whose target is not there', async () => {
    proxy.targetPort = await freePort();
    expect(['ECONNRESET', 'closed']).toContain(await endOf(await client()));
  });
});
