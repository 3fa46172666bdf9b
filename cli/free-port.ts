/** A port of the loopback address that nothing listens on. */
import { createServer } from 'node:net';

const HOST = '127.0.0.1';

/** The usual port, or any free one where that is taken or none is usual (0). */
export const freePort = (usual = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (usual === 0 || error.code !== 'EADDRINUSE') reject(error);
      else freePort().then(resolve, reject);
    });
    server.listen({ host: HOST, port: usual, exclusive: true }, () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
