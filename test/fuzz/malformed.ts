/**
 * What is no HTTP, over bare sockets: each is answered below 500 or hung up on, soon, and the service goes on.
 *
 * None may publish: what a server makes of such bytes is not said in a way that can be counted.
 */
import { connect } from 'node:net';
import { seeded } from '../kit/seeded-workload.js';
import { below, pick, randomSeed, withChangedBytes, type Random } from './grammar.js';

const GIVEN_UP_MS = 10_000;
const AT_ONCE = 8;

const head = (line: string, ...headers: string[]): string => `${[line, ...headers].join('\r\n')}\r\n\r\n`;

const texts = (key: string): readonly string[] => {
  const host = 'host: x';
  const auth = `authorization: Bearer ${key}`;
  return [
    head('GET /v1/units HTTP/1.1'),
    head('GET /v1/units HTTP/9.9', host),
    head('GET  /v1/units  HTTP/1.1', host),
    head('get /v1/units HTTP/1.1', host),
    head('GET http://[::1/v1 HTTP/1.1', host),
    head('GET //evil/%2e%2e/%2e%2e/etc/passwd HTTP/1.1', host),
    head('GET /v1/\u0000units HTTP/1.1', host),
    head(`GET /v1/units?${'a'.repeat(70_000)} HTTP/1.1`, host),
    head('GET /v1/units HTTP/1.1', host, `x: ${'b'.repeat(100_000)}`),
    head('GET /v1/units HTTP/1.1', host, ...Array.from({ length: 3_000 }, (_, n) => `x-${n}: 1`)),
    head('GET /v1/units HTTP/1.1', host, 'x: a\u0000b', auth),
    head('GET /v1/units HTTP/1.1', host, 'x : y', ' folded'),
    `${head('POST /v1/events HTTP/1.1', host, auth, 'content-length: 5', 'content-length: 6')}hello!`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'content-length: -1')}x`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'content-length: 9e99')}x`,
    `${head('POST /v1/summaries HTTP/1.1', host, auth, 'content-length: 4', 'transfer-encoding: chunked')}0\r\n\r\nGET /`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'transfer-encoding: chunked')}zz\r\nhello\r\n0\r\n\r\n`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'transfer-encoding: chunked')}ffffffffffffffff\r\nx`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'transfer-encoding: xchunked')}0\r\n\r\n`,
    `${head('POST /v1/events HTTP/1.1', host, auth, 'content-length: 500')}broken off`,
    head('GET /v1/me HTTP/1.1', host, 'upgrade: websocket', 'connection: upgrade'),
    head('CONNECT evil.example:443 HTTP/1.1', host),
    head('PRI * HTTP/2.0'),
    head('OPTIONS * HTTP/1.1', host),
    head('GET /v1/me HTTP/1.1', host).repeat(20),
    'GET /v1/units HTTP/1.1\nhost: x\n\n',
    '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003',
    'GET /v1/units HTTP/1.1\r\nhost: x\r\nx: incompl',
  ];
};

const bytesOf = (key: string, random: Random): Buffer => {
  const bytes = Buffer.from(pick(random, texts(key)), 'latin1');
  if (random() < 0.1) return Buffer.from(Array.from({ length: 1 + below(random, 400) }, () => below(random, 256)));
  return random() < 0.5 ? bytes : withChangedBytes(bytes, random);
};

/** What is wrong with how a server took the bytes. */
const faultsOf = (address: string, bytes: Buffer): Promise<string[]> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect({ host: hostname, port: Number(port) });
    let said = '';
    const done = (...faults: string[]): void => {
      socket.destroy();
      const server = [...said.matchAll(/HTTP\/1\.1 (5\d\d)/g)].map(([, status]) => `answered ${status}`);
      resolve([...faults, ...server]);
    };
    socket.setTimeout(GIVEN_UP_MS, () => done(`still open, and silent for ${GIVEN_UP_MS} ms`));
    socket.on('data', (part) => (said += part.toString('latin1')));
    socket.on('close', () => done());
    socket.on('error', () => undefined);
    socket.end(bytes);
  });

export interface MalformedFault {
  readonly name: string;
  readonly bytes: Buffer;
  readonly faults: readonly string[];
}

/** Sends so many; returns those that went wrong. `key` is one that may not publish. */
export const sendMalformed = async (
  addresses: readonly string[],
  numbers: readonly number[],
  seed: number,
  key: string,
): Promise<MalformedFault[]> => {
  const found: MalformedFault[] = [];
  const left = [...numbers];
  const one = async (): Promise<void> => {
    for (let n = left.pop(); n !== undefined; n = left.pop()) {
      const random = seeded(randomSeed(seed + 1, n));
      const bytes = bytesOf(key, random);
      const faults = await faultsOf(pick(random, addresses), bytes);
      if (faults.length > 0) found.push({ name: `malformed:${n}`, bytes, faults });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return found;
};
