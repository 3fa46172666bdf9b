/**
 * Sends records of many senders in few requests.
 *
 * What is asked for in one turn of the event loop leaves together, and so does what comes while as many sends as may be are under
 * way: alone a record leaves at once, under load in company. Each sender learns when its own records are acknowledged by every
 * replica. Where Kafka is away everyone in a send is told; where it does not take the records as they are, each sender's go alone, so that
 * one sender's fault is told to nobody else. Whoever waits no longer than so long is told then; what has not left by then, leaves no more.
 */
import type { Producer } from 'kafkajs';
import { AppError } from '#domain';
import { inBackground } from '#promises';
import { tracing, type Cause, type TraceHeaders } from '#tracing';
import { byTopic, chunked, type OutRecord } from './chunks.js';
import { isRefusedByBroker } from './errors.js';

/** How records are gathered: the fewer sends, the more each carries. */
export interface SendPace {
  readonly mostUnderWay: number;
  /** Milliseconds from the beginning of one send to that of the next; alone, a record leaves at once. */
  readonly everyMs: number;
}
const AT_ONCE: SendPace = { mostUnderWay: 4, everyMs: 0 };

/** The broker does not take a record as it is, however often it is sent: too large for its topic, for instance. */
export class RecordNotTaken extends AppError {
  readonly code = 'RECORD_NOT_TAKEN';
  readonly retryable = false;
}

/** Nobody acknowledged in the time that was allowed; what had left by then may be taken all the same. */
export class SendTimedOut extends AppError {
  readonly code = 'SEND_TIMED_OUT';
  readonly retryable = true;
}

export interface SendOptions {
  /** So long the sender waits, in milliseconds; left out: for as long as the producer tries. */
  readonly withinMs?: number;
  /** What led to the records, if that is traced: each carries it. */
  readonly cause?: Cause;
}

interface Sending {
  /** Called as it leaves. */
  readonly records: () => readonly OutRecord[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

interface Leaving extends Omit<Sending, 'records'> {
  readonly records: readonly OutRecord[];
}

const withHeaders = (records: readonly OutRecord[], headers: TraceHeaders): OutRecord[] =>
  records.map((record) => ({ ...record, headers }));

export class RecordSender {
  private waiting: Sending[] = [];
  private isScheduled = false;
  private underWay = 0;
  private begunAt = -Infinity;

  constructor(
    private readonly producer: Pick<Producer, 'sendBatch'>,
    private readonly pace = AT_ONCE,
  ) {}

  /** Another one to the same Kafka, whose records go in requests of their own. */
  apart(pace: SendPace): RecordSender {
    return new RecordSender(this.producer, pace);
  }

  /**
   * Resolves when all replicas have all of the records. No order is promised. Rejects with `SendTimedOut` after the time that is allowed, with
   * `RecordNotTaken` where sending again would not help.
   */
  send(records: readonly OutRecord[], { withinMs, cause }: SendOptions = {}): Promise<void> {
    return tracing().send(records, cause, (headers) =>
      this.enqueue(() => (headers === undefined ? records : withHeaders(records, headers)), withinMs),
    );
  }

  /** The same for a record that may change until it leaves. @param record called once, as it leaves; not where it is given up before */
  sendAsItIs(
    topic: string,
    record: () => Omit<OutRecord, 'topic' | 'headers'>,
    { withinMs, cause }: SendOptions = {},
  ): Promise<void> {
    return tracing().send([{ topic }], cause, (headers) =>
      this.enqueue(() => [{ topic, ...record(), ...(headers && { headers }) }], withinMs),
    );
  }

  private enqueue(records: () => readonly OutRecord[], withinMs: number | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => this.giveUp(sending, withinMs), withinMs);
      const sending: Sending = {
        records,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
        failed: (error) => {
          clearTimeout(timer);
          reject(error as Error);
        },
      };
      this.waiting.push(sending);
      this.schedule();
    });
  }

  private giveUp(sending: Sending, withinMs: number): void {
    this.waiting = this.waiting.filter((each) => each !== sending);
    sending.failed(new SendTimedOut(`not acknowledged in ${withinMs} ms`));
  }

  private schedule(): void {
    const { mostUnderWay, everyMs } = this.pace;
    if (this.isScheduled || this.underWay >= mostUnderWay || this.waiting.length === 0) return;
    this.isScheduled = true;
    const begin = () => {
      this.isScheduled = false;
      inBackground(this.flush());
    };
    const tooEarly = this.begunAt + everyMs - performance.now();
    if (tooEarly > 0) setTimeout(begin, tooEarly);
    else setImmediate(begin);
  }

  private async flush(): Promise<void> {
    const sendings = this.waiting.map(({ records, ...told }) => ({ ...told, records: records() }));
    this.waiting = [];
    this.begunAt = performance.now();
    this.underWay += 1;
    await this.together(sendings);
    this.underWay -= 1;
    this.schedule();
  }

  private async together(sendings: readonly Leaving[]): Promise<void> {
    try {
      const chunks = chunked(sendings.flatMap(({ records }) => records));
      await Promise.all(chunks.map((chunk) => this.producer.sendBatch({ topicMessages: byTopic(chunk), acks: -1 })));
      for (const { done } of sendings) done();
    } catch (error) {
      if (!isRefusedByBroker(error)) for (const { failed } of sendings) failed(error);
      else if (sendings.length === 1) sendings[0].failed(new RecordNotTaken(String(error), {}, { cause: error }));
      else for (const sending of sendings) await this.together([sending]);
    }
  }
}
