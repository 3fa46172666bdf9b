/** Over real sockets, with short times: who is too slow, says too much or does not read is let go; whoever is beside him is answered. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { limitConnections, serverOptions, type ConnectionLimits } from './connection-limits.js';

const short: ConnectionLimits = { headersMs: 300, requestMs: 900, idleMs: 700 };

describe('connections', () => {
  let server: Server;
  const sockets: Socket[] = [];
  const listening = async (answer: RequestListener): Promise<number> => {
    server = createServer(serverOptions(short), answer);
    limitConnections(server, short);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** A connection; `closed` says what was answered when the server has closed it, and after how long. */
  const opened = (port: number) => {
    const began = performance.now();
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    let answer = '';
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('error', () => undefined);
    const closed = new Promise<{ answer: string; ms: number }>((resolve) =>
      socket.on('close', () => resolve({ answer, ms: performance.now() - began })),
    );
    return { socket, closed };
  };
  /** Sends a text now and then, without end. */
  const drip = (socket: Socket, text: string): void => {
    const timer = setInterval(() => socket.write(text), 50);
    socket.on('close', () => clearInterval(timer));
  };
  const hello: RequestListener = (request, response) => {
    request.resume().on('end', () => response.end('hello'));
    request.on('error', () => undefined);
  };

  it('end for who sends his headers too slowly, while another one is answered', async () => {
    const port = await listening(hello);
    const { socket, closed } = opened(port);
    socket.write('GET / HTTP/1.1\r\n');
    drip(socket, 'x: y\r\n');
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('hello');
    const { answer, ms } = await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1])).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT' });
    expect(ms).toBeLessThan(3_000);
  });

  it('end for who sends his body too slowly', async () => {
    const { socket, closed } = opened(await listening(hello));
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n');
    drip(socket, 'x');
    const { answer, ms } = await closed;
    expect(answer).not.toContain('200');
    expect(ms).toBeLessThan(4_000);
  });

  it.each([
    ['his answer', 1],
    ['his stream, which goes on with a word now and then', 100],
  ])('end for who does not read %s', async (_what, pauseMs) => {
    let ended = (): void => undefined;
    const isOver = new Promise<void>((resolve) => (ended = resolve));
    const port = await listening((_request, response) => {
      response.write(Buffer.alloc(16_777_216));
      const more = setInterval(() => response.write(': still here\n\n'), pauseMs);
      response.on('close', () => {
        clearInterval(more);
        ended();
      });
    });
    const { socket } = opened(port);
    socket.pause();
    socket.removeAllListeners('data');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    const began = performance.now();
    await isOver;
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each([
    [
      'headers without measure',
      `GET / HTTP/1.1\r\nHost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['an address without measure', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['no HTTP', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'BAD_REQUEST',
    ],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'BAD_REQUEST',
    ],
  ])('are answered with a problem, and closed, for %s', async (_what, text, status, code) => {
    const { socket, closed } = opened(await listening(hello));
    socket.write(text, 'latin1');
    const { answer } = await closed;
    const [head, body] = answer.split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('application/problem+json');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(JSON.parse(body)).toMatchObject({ status, code });
  });
});
