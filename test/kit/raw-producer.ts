/**
 * Puts record batches into a topic as they are, byte for byte: what a client in another language, or one that is broken, may write.
 *
 * One Produce request (version 7, the first that may carry zstd) a batch, over a connection of its own, with `acks=all`. The
 * answer is the broker's: the offset of the batch's first record, or why it was not taken.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface Produced {
  /** Kafka's error code; 0 is none. */
  readonly error: number;
  readonly baseOffset: bigint;
}

const PRODUCE = 0;
const VERSION = 7;
const ACKS_ALL = -1;
const TIMEOUT_MS = 15_000;
const CLIENT = 'raw';

const int = (bytes: 2 | 4, number: number): Buffer => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(number, 0, bytes);
  return buffer;
};
const text = (content: string): Buffer => Buffer.concat([int(2, Buffer.byteLength(content)), Buffer.from(content)]);

const requestOf = (topic: string, partition: number, batch: Buffer): Buffer => {
  const correlation = int(4, 1);
  const head = [int(2, PRODUCE), int(2, VERSION), correlation, text(CLIENT)];
  const noTransaction = int(2, -1);
  const body = [noTransaction, int(2, ACKS_ALL), int(4, TIMEOUT_MS)];
  const topics = [int(4, 1), text(topic), int(4, 1), int(4, partition), int(4, batch.length), batch];
  const request = Buffer.concat([...head, ...body, ...topics]);
  return Buffer.concat([int(4, request.length), request]);
};

/** Correlation id, number of topics, the topic, number of partitions, the partition; then what became of it. */
const producedFrom = (response: Buffer, topic: string): Produced => {
  const at = 4 + 4 + 2 + Buffer.byteLength(topic) + 4 + 4;
  return { error: response.readInt16BE(at), baseOffset: response.readBigInt64BE(at + 2) };
};

/**
 * @param broker `host:port` of the partition's leader: with one broker, of any
 * @throws where the broker is away or does not answer: the batch may be in the topic, or not
 */
export const produceRaw = async (
  broker: string,
  topic: string,
  partition: number,
  batch: Buffer,
): Promise<Produced> => {
  const [host, port] = broker.split(':');
  const socket = connect({ host, port: Number(port) });
  try {
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('the broker does not answer')));
    await once(socket, 'connect');
    socket.write(requestOf(topic, partition, batch));
    return producedFrom(await responseOf(socket), topic);
  } finally {
    socket.destroy();
  }
};

const responseOf = async (socket: Socket): Promise<Buffer> => {
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    if (received.length >= 4 && received.length >= 4 + received.readInt32BE(0)) return received.subarray(4);
  }
  throw new Error('the broker hung up');
};
