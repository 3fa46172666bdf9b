/** Ports: that a promised or a used one is never given out, and that a listener is told from silence. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { answers, choosePort, freeWithin, highestPort, isFree, lowestPort } from './ports.js';

const listen = (port = 0): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

describe('ports', () => {
  it('stay out of the range of outgoing connections', async () => {
    for (const random of [0, 0.5, 0.999_999]) {
      const port = await choosePort(new Set(), () => random);
      expect(port).toBeGreaterThanOrEqual(lowestPort);
      expect(port).toBeLessThanOrEqual(highestPort);
    }
  });

  it('are not given out twice before their server listens', async () => {
    const first = await choosePort(new Set(), () => 0.3);
    const second = await choosePort(new Set([first]), () => 0.3);
    expect(second).not.toBe(first);
  });

  it('are not given out while somebody listens', async () => {
    const server = await listen(await choosePort(new Set(), () => 0.7));
    try {
      const { port } = server.address() as AddressInfo;
      expect(await isFree(port)).toBe(false);
      expect(await answers(port)).toBe(true);
      expect(await choosePort(new Set(), () => 0.7)).not.toBe(port);
    } finally {
      await close(server);
    }
  });

  it('are free again once their listener has gone', async () => {
    const server = await listen();
    const { port } = server.address() as AddressInfo;
    await close(server);
    expect(await answers(port)).toBe(false);
    expect(await freeWithin(port, 0)).toBe(true);
  });
});
