/** Whatever goes wrong with a connection, and however much is logged: no secret is in a log line or in an error. */
import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import { createKafka } from '#kafka';
import { JobQueue } from '#queue';
import { parseConfig, platformSchema } from '#service';
import { connectStore } from '#store';
import { needed } from '../test/kit/installation.js';
import { freePort } from './free-port.js';

const SECRET = 'open-sesame-open-sesame';

/** A logger that keeps everything. */
const keeping = (): { logger: Logger; lines: string[] } => {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { logger: pino({ level: 'trace' }, stream), lines };
};

/** Everything that was logged about a failing connection, its error as a service would log it too. */
const toldOf = async (work: (logger: Logger) => Promise<unknown>): Promise<string> => {
  const { logger, lines } = keeping();
  const error = await work(logger).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(Error);
  logger.fatal({ err: error });
  return [...lines, String(error), (error as Error).stack].join('\n');
};

const kafka = (config: object) => async (logger: Logger) => {
  const admin = createKafka({ KAFKA_BROKERS: [], ...config }, 'test', logger).admin({ retry: { retries: 0 } });
  await admin.connect().finally(() => admin.disconnect());
};

const redis = (config: { REDIS_URL: string }) => async (logger: Logger) => {
  const queue = new JobQueue('jobs', { TOPIC_PREFIX: 'secrets', ...config }, logger);
  await queue.ping().finally(() => queue.close());
};

const sasl = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_USERNAME: 'intake', KAFKA_PASSWORD: SECRET };
const nowhere = async () => `127.0.0.1:${await freePort()}`;

describe('a connection that fails', () => {
  it.each([
    ['Kafka is away', async () => kafka({ KAFKA_BROKERS: [await nowhere()], ...sasl })],
    ['Kafka knows no such users', () => kafka({ KAFKA_BROKERS: [needed('KAFKA_BROKERS')], ...sasl })],
    ['Kafka speaks no TLS', () => kafka({ KAFKA_BROKERS: [needed('KAFKA_BROKERS')], ...sasl, KAFKA_TLS: true })],
    ['a password for Kafka stands alone', () => kafka({ KAFKA_BROKERS: ['x:1'], KAFKA_PASSWORD: SECRET })],
    [
      'MongoDB is away',
      async () => {
        const MONGODB_URI = `mongodb://u:${SECRET}@${await nowhere()}/x?serverSelectionTimeoutMS=300`;
        return () => connectStore({ MONGODB_URI });
      },
    ],
    [
      'MongoDB refuses the user',
      () => () =>
        connectStore({ MONGODB_URI: needed('MONGODB_URI'), MONGODB_USERNAME: 'nobody', MONGODB_PASSWORD: SECRET }),
    ],
    ['the address of MongoDB cannot be read', () => () => connectStore({ MONGODB_URI: `mongodb://u:${SECRET}%@:x/` })],
    [
      'a setting of MongoDB cannot be read',
      () => () =>
        connectStore({ MONGODB_URI: `mongodb://u:p@127.0.0.1/x?tlsCertificateKeyFilePassword=${SECRET}&tls=perhaps` }),
    ],
    ['Redis is away', async () => redis({ REDIS_URL: `redis://u:${SECRET}@${await nowhere()}` })],
    ['Redis refuses the user', () => redis({ REDIS_URL: needed('REDIS_URL').replace('://', `://nobody:${SECRET}@`) })],
    [
      'an address is none at all',
      () => () =>
        Promise.resolve().then(() =>
          parseConfig(platformSchema, {
            KAFKA_BROKERS: 'x:1',
            MONGODB_URI: `mongo://u:${SECRET}@x`,
            REDIS_URL: `redis://u:${SECRET}@:::`,
            KAFKA_SASL_MECHANISM: SECRET,
          }),
        ),
    ],
  ])(
    'says no secret: %s',
    async (_what, connection) => {
      const told = await toldOf(await connection());
      expect(told.length).toBeGreaterThan(50);
      expect(told).not.toContain(SECRET);
    },
    40_000,
  );
});
