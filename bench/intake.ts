/**
 * Intake: events a second that one intake process accepts over HTTP, beside what the same Kafka producer sends without it.
 *
 * autocannon posts prepared bodies of valid events over a fixed number of connections; every answer must be 202 with every event
 * accepted. Then the producer that the intake uses sends the same events, as large a batch and as many batches at once, to the same
 * topic, in the same portions and with the same `acks`. The ratio of the two is what HTTP and the checks leave of the
 * producer. Each sender is a process of its own that does nothing else, and is warmed up before it is measured.
 *
 * Run as a program, with the sender's name, the batch size, the seconds and the intake's address as its arguments, this file is
 * such a process.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon, { type Result } from 'autocannon';
import { createProducer, RecordSender } from '#kafka';
import { awaitedLater } from '#promises';
import { openKafka } from '../cli/installation.js';
import { nodeOptionsOf } from '../cli/supervisor.js';
import type { Message } from '../test/kit/seeded-workload.js';
import { cpuSeconds } from './cpu.js';
import type { Environment } from './installation.js';
import { batchText, endlessEvents, withServices, type Running } from './load.js';
import { authorizationFor } from '../test/kit/authorized-fetch.js';

export type BatchSize = 1 | 100 | 1000;

export interface IntakeRun {
  readonly batch: BatchSize;
  /** Events a second. */
  readonly http: number;
  readonly producer: number;
  /** `http` of `producer`. */
  readonly ratio: number;
}

const CONNECTIONS = 16;
const PREPARED_BATCHES = 16;
const WARM_UP_S = 4;
/** As many as the intake's own producer has. */
const RETRIES = 4;

/** One run on a new installation of the servers that the environment names. */
export const intakeRun = (env: Environment, batch: BatchSize, seconds: number): Promise<IntakeRun> =>
  withServices(env, { services: 'intake' }, async (running) => {
    const { rate: http } = await sendingProcess('http', running, batch, seconds);
    const { rate: producer } = await sendingProcess('producer', running, batch, seconds);
    return { batch, http, producer, ratio: http / producer };
  });

export interface Turn {
  /** Events a second. */
  readonly rate: number;
  /** Microseconds of processor that the intake takes for an event, its warming up included. */
  readonly cpuPerEvent: number;
}

/** What a running intake accepts in some seconds, after a warming up. */
export const httpTurn = async (running: Running, batch: BatchSize, seconds: number): Promise<Turn> => {
  const used = () => cpuSeconds(running.pids).get('intake') as number;
  const before = used();
  const { rate, sent } = await sendingProcess('http', running, batch, seconds);
  return { rate, cpuPerEvent: ((used() - before) * 1e6) / sent };
};

/** What a sender sent: events a second, and how many in all. */
interface Sent {
  readonly rate: number;
  readonly sent: number;
}

const sendingProcess = async (sender: Sender, running: Running, batch: BatchSize, seconds: number): Promise<Sent> => {
  const args = [sender, String(batch), String(seconds), running.intake];
  // The bare producer works under the services' own options.
  const child = fork(fileURLToPath(import.meta.url), args, {
    env: running.env,
    execArgv: [...nodeOptionsOf('intake')],
  });
  const ended = awaitedLater(once(child, 'exit'));
  const answered = awaitedLater(once(child, 'message'));
  const failed = ended.then(([code]) => {
    if (code !== 0) throw new Error(`the process sending by ${sender} ended with ${code}`);
    return answered;
  });
  const [sent] = (await Promise.race([answered, failed])) as [Sent];
  await ended;
  return sent;
};

const preparedBatches = (batch: number): readonly (readonly Message[])[] => {
  const next = endlessEvents();
  return Array.from({ length: PREPARED_BATCHES }, () => Array.from({ length: batch }, next));
};

/** Events a second that the intake accepts. */
const overHttp = async (batch: number, seconds: number, intake: string): Promise<Sent> => {
  const isSingle = batch === 1;
  const expected = JSON.stringify({ received: batch, accepted: batch, rejected: [] });
  const options = {
    url: `${intake}/v1/events`,
    method: 'POST' as const,
    headers: {
      'content-type': `application/cloudevents${isSingle ? '' : '-batch'}+json`,
      ...authorizationFor(`${intake}/v1/events`),
    },
    connections: CONNECTIONS,
    requests: preparedBatches(batch).map((events) => ({ body: isSingle ? events[0].value : batchText(events) })),
    verifyBody: (body: unknown) => body === expected,
  };
  const warmUp = await autocannon({ ...options, duration: WARM_UP_S });
  requireAllAccepted(warmUp);
  const result = await autocannon({ ...options, duration: seconds });
  requireAllAccepted(result);
  const { total } = result.requests;
  return { rate: (total * batch) / result.duration, sent: (warmUp.requests.total + total) * batch };
};

const requireAllAccepted = ({ statusCodeStats = {}, errors, mismatches }: Result): void => {
  const statuses = Object.keys(statusCodeStats);
  if (statuses.join() === '202' && errors === 0 && mismatches === 0) return;
  throw new Error(
    `not every event was accepted: statuses ${statuses.join(', ') || 'none'}, ` +
      `${errors} connection errors, ${mismatches} answers other than expected`,
  );
};

/** Events a second that the producer alone sends, acknowledged by every replica. */
const byProducer = async (batch: number, seconds: number): Promise<Sent> => {
  const { kafka, topics } = await openKafka(process.env);
  const producer = createProducer(kafka, RETRIES);
  await producer.connect();
  const batches = preparedBatches(batch).map((events) =>
    events.map(({ key, value }) => ({ topic: topics.indicatorEvents, key, value: Buffer.from(value) })),
  );
  const sender = new RecordSender(producer);
  const send = (n: number) => sender.send(batches[n % batches.length]);
  const warmUp = await sentWithin(WARM_UP_S, send);
  const startedAt = performance.now();
  const sent = await sentWithin(seconds, send);
  const rate = (sent * batch * 1000) / (performance.now() - startedAt);
  await producer.disconnect();
  return { rate, sent: (warmUp + sent) * batch };
};

/** How many batches are sent when as many at once as there are connections go on for so long. */
const sentWithin = async (seconds: number, send: (n: number) => Promise<void>): Promise<number> => {
  const end = performance.now() + seconds * 1000;
  let sent = 0;
  const sendOn = async () => {
    for (let n = 0; performance.now() < end; n += 1) {
      await send(n);
      sent += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendOn));
  return sent;
};

const senders = { http: overHttp, producer: byProducer };
type Sender = keyof typeof senders;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [sender, batch, seconds, intake] = process.argv.slice(2);
  process.send?.(await senders[sender as Sender](Number(batch), Number(seconds), intake));
  process.disconnect();
}
