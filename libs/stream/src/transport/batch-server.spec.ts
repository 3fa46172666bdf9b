import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, type MicroserviceOptions } from '@nestjs/microservices';
import { pino } from 'pino';
import { type EachBatchPayload } from '#kafka';
import { AppError } from '#domain';
import { KafkaBatchServer } from './batch-server.js';
import { HandlerErrors } from './handler-errors.js';
import type { RecordBatch } from './record-batch.js';

/** Longer than a commit waits for others. */
const COMMITTED_MS = 400;

/** As kafkajs throws one where trying again does not help. */
const kafkaFault = (message: string): Error => Object.assign(new Error(message), { name: 'KafkaJSNonRetriableError' });

class Away extends AppError {
  readonly code = 'AWAY';
  readonly retryable = true;
}

/** A Nest service of one topic whose consumer is told by the test what it gets. */
const serviceOf = async (
  handle: (batch: RecordBatch) => void,
  seek: (to: { offset: string }) => void,
  disconnect: () => Promise<void> = () => Promise.resolve(),
  commits: 'after-batch' | 'when-done' | 'never' = 'never',
) => {
  const committed: string[] = [];
  let eachBatch: (payload: EachBatchPayload) => Promise<void> = () => Promise.resolve();
  let autoResolves = true;
  let join: (event: unknown) => void = () => undefined;
  const rests: string[] = [];
  const consumer = {
    events: { GROUP_JOIN: 'join', CRASH: 'crash', REBALANCING: 'rebalancing', END_BATCH_PROCESS: 'read' },
    on: (event: string, listener: typeof join) => {
      const before = join;
      if (event === 'join') join = (payload) => [before, listener].forEach((each) => each(payload));
    },
    connect: () => Promise.resolve(),
    subscribe: () => Promise.resolve(),
    disconnect,
    run: (given: { eachBatch: typeof eachBatch; eachBatchAutoResolve?: boolean }) => {
      eachBatch = given.eachBatch;
      autoResolves = given.eachBatchAutoResolve ?? true;
      return Promise.resolve();
    },
    seek,
    commitOffsets: (offsets: readonly { offset: string }[]) => {
      committed.push(...offsets.map(({ offset }) => offset));
      return Promise.resolve();
    },
    pause: () => rests.push('pause'),
    resume: () => rests.push('resume'),
  };
  const fatal: unknown[] = [];
  const strategy = new KafkaBatchServer({
    kafka: { consumer: () => consumer } as never,
    logger: pino({ level: 'silent' }),
    topicOf: (pattern) => pattern,
    groupOf: () => 'g',
    commits: () => commits,
    from: 'earliest',
    onFatal: (error) => fatal.push(error),
    sessionTimeoutMs: 6_000,
    leaveMs: 300,
  });
  @Controller()
  class Handler {
    @EventPattern('t')
    take(@Payload() batch: RecordBatch): void {
      handle(batch);
    }
  }
  @Module({ controllers: [Handler] })
  class Service {}
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(Service, { strategy, logger: false });
  app.useGlobalFilters(new HandlerErrors());
  await app.listen();
  const batch = {
    topic: 't',
    partition: 0,
    messages: [],
    fetchedOffset: '3',
    highWatermark: '5',
    lastOffset: () => '4',
  };
  const resolved: string[] = [];
  const isStale = () => false;
  const payload = {
    batch,
    heartbeat: () => Promise.resolve(),
    isRunning: () => true,
    isStale,
    resolveOffset: (offset: string) => {
      resolved.push(offset);
    },
  };
  return {
    fatal,
    committed,
    resolved,
    isResolvedByItself: () => autoResolves,
    rests,
    close: () => app.close(),
    deliver: () => eachBatch(payload as unknown as EachBatchPayload),
    rejoin: () => join({ payload: { memberAssignment: { t: [0] } } }),
  };
};

describe('the transport', () => {
  it('gives up leaving its groups where Kafka does not answer, so that the rest of the drain has its time', async () => {
    const { close } = await serviceOf(
      () => undefined,
      () => undefined,
      () => new Promise(() => undefined),
    );
    const startedAt = performance.now();
    await close();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('tells the fault by which leaving its groups failed', async () => {
    const { close } = await serviceOf(
      () => undefined,
      () => undefined,
      () => Promise.reject(new Error('a fault of ours')),
    );
    await expect(close()).rejects.toThrow('a fault of ours');
  });
});

describe('a batch', () => {
  const batchOf = async (seek: () => void): Promise<RecordBatch> => {
    const handled: RecordBatch[] = [];
    const { deliver } = await serviceOf((batch) => handled.push(batch), seek);
    await deliver();
    return handled[0];
  };

  it('begins at the offset that was asked for and ends after its last record', async () => {
    const batch = await batchOf(() => undefined);
    expect(batch).toMatchObject({ topic: 't', partition: 0, firstOffset: '3', nextOffset: '5', behind: 0 });
  });

  it('is taken again when what it needs is away', async () => {
    const seeks: string[] = [];
    const { deliver, fatal, close } = await serviceOf(
      () => {
        throw new Away('not there');
      },
      ({ offset }) => seeks.push(offset),
    );
    await deliver();
    expect([seeks, fatal]).toEqual([['3'], []]);
    await close();
  });

  it('that failed rests out of the fetches instead of holding up the other partitions, longer each time', async () => {
    const { deliver, rests, close } = await serviceOf(
      () => {
        throw new Away('not there');
      },
      () => undefined,
    );
    const startedAt = performance.now();
    for (let n = 0; n < 8; n += 1) await deliver();
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(rests).toEqual(Array(8).fill('pause'));
    await close();
  });

  it('moves its partition on when it is handled, and not where the consumer joined its group again meanwhile: that begins at the committed place', async () => {
    let onHandle: () => void = () => undefined;
    const { deliver, rejoin, resolved, isResolvedByItself } = await serviceOf(
      () => onHandle(),
      () => undefined,
    );
    await deliver();
    onHandle = rejoin;
    await deliver();
    expect([resolved, isResolvedByItself()]).toEqual([['4'], false]);
  });

  it.each(['after-batch', 'when-done'] as const)(
    'is not committed (%s) where the consumer joined its group again meanwhile: another may have committed more',
    async (commits) => {
      let onHandle = (batch: RecordBatch): void => batch.done(batch.nextOffset);
      const { deliver, rejoin, committed, close } = await serviceOf(
        (batch) => onHandle(batch),
        () => undefined,
        undefined,
        commits,
      );
      await deliver();
      await sleep(COMMITTED_MS);
      expect(committed).toEqual(['5']);
      onHandle = (batch) => {
        rejoin();
        batch.done(batch.nextOffset);
      };
      await deliver();
      await close();
      expect(committed).toEqual(['5']);
    },
  );

  it('ends the process with its own error when that is not expected to pass', async () => {
    const fault = new TypeError('a fault of ours');
    const { deliver, fatal } = await serviceOf(
      () => {
        throw fault;
      },
      () => undefined,
    );
    await expect(deliver()).rejects.toBe(fault);
    expect(fatal).toEqual([fault]);
  });

  it('is stale, and sends its partition nowhere, once the consumer has joined its group again: that reads from the committed place', async () => {
    const handled: RecordBatch[] = [];
    const seeks: string[] = [];
    const { deliver, rejoin } = await serviceOf(
      (batch) => handled.push(batch),
      ({ offset }) => seeks.push(offset),
    );
    await deliver();
    const [batch] = handled;
    const before = batch.isStale();
    rejoin();
    batch.seek('0');
    expect([before, batch.isStale(), seeks]).toEqual([false, true, []]);
  });

  it('may send its partition elsewhere while the consumer is about to start again', async () => {
    const batch = await batchOf(() => {
      throw kafkaFault('Consumer group was not initialized, consumer#run must be called first');
    });
    expect(() => batch.seek('0')).not.toThrow();
  });

  it('does not hide any other fault of sending it elsewhere', async () => {
    const batch = await batchOf(() => {
      throw new TypeError('a fault of ours');
    });
    expect(() => batch.seek('0')).toThrow('a fault of ours');
  });
});
