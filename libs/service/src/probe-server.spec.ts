import { connect } from 'node:net';
import { createLogger } from './logging.js';
import { serveProbes, type ProbeServer } from './probe-server.js';

describe('probes on a port of their own', () => {
  let server: ProbeServer;
  beforeEach(async () => {
    const probes = {
      readiness: () => Promise.resolve({ status: 'unavailable' as const, parts: { kafka: false } }),
      metrics: () => Promise.resolve('a 1\n'),
    };
    const at = { host: '127.0.0.1', port: 0, usual: 0 };
    const short = { headersMs: 200, requestMs: 400, idleMs: 300 };
    server = await serveProbes(probes, at, createLogger('test', 'silent'), short);
  });
  afterEach(() => server.close());

  it.each([
    ['GET', '/healthz', 200],
    ['HEAD', '/healthz', 200],
    ['GET', '/readyz', 503],
    ['GET', '/metrics', 200],
    ['GET', '/', 404],
    ['POST', '/healthz', 405],
  ])('%s %s answers %d, and lets a browser do nothing with it', async (method, path, status) => {
    const response = await fetch(server.url + path, { method });
    expect([response.status, response.headers.get('x-content-type-options')]).toEqual([status, 'nosniff']);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('let go of who does not say what he wants, and go on', async () => {
    const { port } = new URL(server.url);
    const slow = Array.from({ length: 50 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write('GET /healthz HTTP/1.1\r\nx: ');
      const drip = setInterval(() => socket.write('y'), 50);
      socket.on('error', () => undefined);
      return new Promise<void>((resolve) =>
        socket
          .on('close', () => {
            clearInterval(drip);
            resolve();
          })
          .resume(),
      );
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await Promise.all(slow);
  });
});
