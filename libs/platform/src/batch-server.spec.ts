import { KafkaJSNonRetriableError, type EachBatchPayload } from 'kafkajs';
import { pino } from 'pino';
import { KafkaBatchServer, type RecordBatch } from './batch-server.js';

/** A server of one topic whose consumer is told by the test what it gets. */
const serverOf = async (seek: () => void) => {
  let eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();
  const consumer = {
    events: {},
    on: () => () => undefined,
    connect: () => Promise.resolve(),
    subscribe: () => Promise.resolve(),
    disconnect: () => Promise.resolve(),
    run: (given: { eachBatch: typeof eachBatch }) => {
      eachBatch = given.eachBatch;
      return Promise.resolve();
    },
    seek,
  };
  const server = new KafkaBatchServer({
    kafka: { consumer: () => consumer } as never,
    logger: pino({ level: 'silent' }),
    topicOf: (pattern) => pattern,
    groupOf: () => 'g',
    commits: () => 'never',
    from: 'earliest',
    onFatal: () => undefined,
    sessionTimeoutMs: 6_000,
  });
  const handled: RecordBatch[] = [];
  server.addHandler('t', (batch: RecordBatch) => Promise.resolve(void handled.push(batch)), true);
  await new Promise((resolve) => server.listen(resolve));
  const batch = {
    topic: 't',
    partition: 0,
    messages: [],
    fetchedOffset: '3',
    highWatermark: '5',
    lastOffset: () => '4',
  };
  await eachBatch({
    batch,
    heartbeat: () => Promise.resolve(),
    isRunning: () => true,
    isStale: () => false,
  } as unknown as EachBatchPayload);
  return { handled };
};

describe('a batch', () => {
  it('begins at the offset that was asked for and ends after its last record', async () => {
    const { handled } = await serverOf(() => undefined);
    expect(handled).toMatchObject([{ topic: 't', partition: 0, firstOffset: '3', nextOffset: '5', behind: 0 }]);
  });

  it('may send its partition elsewhere while the consumer is about to start again', async () => {
    const { handled } = await serverOf(() => {
      throw new KafkaJSNonRetriableError('Consumer group was not initialized, consumer#run must be called first');
    });
    expect(() => handled[0].seek('0')).not.toThrow();
  });

  it('does not hide any other fault of sending it elsewhere', async () => {
    const { handled } = await serverOf(() => {
      throw new TypeError('a fault of ours');
    });
    expect(() => handled[0].seek('0')).toThrow('a fault of ours');
  });
});
