/**
 * Latency: from the intake's answer to the figure of the country, in MongoDB and at a subscriber of the dashboard's stream.
 *
 * Services of their own run under a load of a given rate, which is sent at due times and never waits for an answer. Ten times a
 * second a probe goes with it: one event of one cell whose indicator nobody else reports, its value higher by one each time. The
 * country's figure of that indicator therefore names the last probe that has arrived, and with it all before. A probe's clock
 * runs from the intake's 202 to the first moment at which the figure is seen to have reached it: each stream event is looked at as
 * it comes, MongoDB every 20 ms. The first seconds are not measured; the load goes on until every measured probe has arrived.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTRY } from '#domain';
import { connectStore, storedItems, windowModel } from '#store';
import { awaitedLater } from '#promises';
import { FIRST_GENERATION } from '../test/kit/installation.js';
import { type Environment } from './installation.js';
import { batchText, endlessEvents, eventText, openLoop, withServices, type Running } from './load.js';
import { authorizedFetch } from '../test/kit/authorized-fetch.js';
import { percentiles, type Percentiles } from './statistics.js';

/** Percentiles are of milliseconds. */
export interface LatencyRun {
  /** The rate asked for, and the one that the intake answered 202 to while it was measured. */
  readonly eventsPerSecond: number;
  readonly reached: number;
  readonly samples: number;
  readonly toMongo: Percentiles;
  readonly toStream: Percentiles;
}

const SERVICES = 'check,province,ministry,projection,intake,dashboard';
const PROBE = { unit: '00004', indicator: 'relapses', period: '2026-10' };
const PROBES_PER_SECOND = 10;
const BATCHES_PER_SECOND = 20;
/** The intake takes no larger batch. */
const MAX_BATCH = 1_000;
const MONGO_POLL_MS = 20;
/** Compilers, of Node and the broker, take half a minute of small batches to be done. */
const WARM_UP_MS = 30_000;
const GRACE_MS = 30_000;
const LEAST_SHARE_OF_RATE = 0.95;

/** One run on a new installation of the servers that the environment names. Throws where the rate or a probe is missed. */
export const latencyRun = (
  env: Environment,
  eventsPerSecond: number,
  seconds: number,
  profiles?: string,
): Promise<LatencyRun> =>
  withServices(env, { services: SERVICES, profiles }, async (running) => {
    const parts: Stoppable[] = [];
    const part = <T extends Stoppable>(opened: T): T => {
      parts.push(opened);
      return opened;
    };
    try {
      const inMongo = part(await watchMongo(running));
      const inStream = part(await watchStream(running));
      const load = part(startLoad(running.intake, eventsPerSecond));
      const probes = part(startProbes(running.intake));
      await sleep(WARM_UP_MS);
      const [firstProbe, firstBatch, startedAt] = [probes.due(), load.due(), performance.now()];
      await sleep(seconds * 1000);
      const reached = (load.acceptedSince(firstBatch) * 1000) / (performance.now() - startedAt);
      requireRate(reached, eventsPerSecond);
      const lastProbe = probes.due();
      await probes.stop();
      await allArrived(probes.answeredAt.length, inMongo.arrivals, inStream.arrivals);
      for (const { stop } of parts) await stop();
      const answered = probes.answeredAt.slice(firstProbe, lastProbe);
      const since = ({ arrivals }: Watch) => percentiles(answered.map((at, n) => arrivals.at(firstProbe + n) - at));
      return { eventsPerSecond, reached, samples: answered.length, toMongo: since(inMongo), toStream: since(inStream) };
    } finally {
      await Promise.allSettled(parts.map(({ stop }) => stop()));
    }
  });

interface Stoppable {
  /** Throws what failed since it began. */
  readonly stop: () => Promise<void>;
}

const requireRate = (reached: number, asked: number): void => {
  if (reached < asked * LEAST_SHARE_OF_RATE)
    throw new Error(`the load reached ${Math.round(reached)} events/s instead of ${asked}`);
};

const allArrived = async (sent: number, inMongo: Arrivals, inStream: Arrivals): Promise<void> => {
  const deadline = performance.now() + GRACE_MS;
  while (Math.min(inMongo.seen, inStream.seen) < sent) {
    if (performance.now() > deadline)
      throw new Error(
        `probes are missing: of ${sent}, ${inMongo.seen} are in MongoDB and ${inStream.seen} came by the stream`,
      );
    await sleep(50);
  }
};

const post = (intake: string, contentType: string, body: string): Promise<Response> =>
  authorizedFetch(`${intake}/v1/events`, { method: 'POST', headers: { 'content-type': contentType }, body });

const requireAccepted = async (answer: Response, events: number): Promise<void> => {
  const text = await answer.text();
  const isWhole = answer.status === 202 && (JSON.parse(text) as { accepted: number }).accepted === events;
  if (!isWhole) throw new Error(`the intake answered ${answer.status} to ${events} events: ${text.slice(0, 300)}`);
};

const startLoad = (intake: string, eventsPerSecond: number) => {
  const next = endlessEvents([PROBE.indicator]);
  const batchesPerSecond = Math.max(BATCHES_PER_SECOND, Math.ceil(eventsPerSecond / MAX_BATCH));
  const dueAfter = (batches: number) => Math.floor((batches * eventsPerSecond) / batchesPerSecond);
  const accepted: number[] = [];
  const loop = openLoop(batchesPerSecond, async (n) => {
    const events = Array.from({ length: dueAfter(n + 1) - dueAfter(n) }, next);
    if (events.length === 0) return;
    await requireAccepted(await post(intake, 'application/cloudevents-batch+json', batchText(events)), events.length);
    accepted[n] = events.length;
  });
  /** Events of the batches from that one on that are answered by now. */
  const acceptedSince = (batch: number) => accepted.slice(batch).reduce((sum, events) => sum + events, 0);
  return { ...loop, acceptedSince };
};

const startProbes = (intake: string) => {
  const answeredAt: number[] = [];
  const loop = openLoop(PROBES_PER_SECOND, async (n) => {
    const answer = await post(intake, 'application/cloudevents+json', eventText(PROBE, n + 1, `"value":${n + 1}`));
    answeredAt[n] = performance.now();
    await requireAccepted(answer, 1);
  });
  return { ...loop, answeredAt };
};

/** When each probe was first seen to have arrived. */
class Arrivals {
  private readonly times: number[] = [];

  /** Takes the figure as it is now: as many probes have arrived. */
  note(figure: number): void {
    while (this.times.length < figure) this.times.push(performance.now());
  }

  get seen(): number {
    return this.times.length;
  }

  at(probe: number): number {
    return this.times[probe];
  }
}

interface Watch extends Stoppable {
  readonly arrivals: Arrivals;
}

const watchMongo = async ({ env }: Running): Promise<Watch> => {
  const connection = await connectStore({ MONGODB_URI: env.MONGODB_URI });
  const windows = windowModel(connection, FIRST_GENERATION);
  const arrivals = new Arrivals();
  let isOn = true;
  let last: string | undefined;
  const look = async () => {
    const document = await windows.findById(`${COUNTRY}|${PROBE.period}`, { unit: 1, items: 1 }).lean().exec();
    if (document === null || document.items === last) return;
    last = document.items;
    const rollup = storedItems(document).find(({ indicator }) => indicator === PROBE.indicator);
    arrivals.note(Number(rollup?.value ?? 0));
  };
  const keepLooking = async () => {
    while (isOn) await Promise.all([look(), sleep(MONGO_POLL_MS)]);
  };
  const looking = awaitedLater(keepLooking());
  const stop = async () => {
    isOn = false;
    await looking.finally(() => connection.close());
  };
  return { arrivals, stop };
};

const watchStream = async ({ dashboard }: Running): Promise<Watch> => {
  const ending = new AbortController();
  const answer = await authorizedFetch(`${dashboard}/v1/stream?unit=${COUNTRY}`, { signal: ending.signal });
  const arrivals = new Arrivals();
  const reading = readEvents(answer, (event) => arrivals.note(probeFigure(event))).catch((cause: unknown) => {
    if (!ending.signal.aborted) throw new Error('the stream broke', { cause });
  });
  reading.catch(() => undefined);
  const stop = () => {
    ending.abort();
    return reading;
  };
  return { arrivals, stop };
};

const readEvents = async ({ body }: Response, take: (event: string) => void): Promise<void> => {
  let rest = '';
  for await (const text of (body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split('\n\n');
    rest = events.pop() as string;
    events.forEach(take);
  }
  throw new Error('the dashboard ended it');
};

const EVENT = 'event: rollup\n';
const DATA = '\ndata: ';

/** The probes' figure where a stream event tells it, else 0. Most events tell others and are not parsed. */
const probeFigure = (event: string): number => {
  if (!event.includes(EVENT) || !event.includes(`"${PROBE.indicator}"`)) return 0;
  const data = event.slice(event.indexOf(DATA) + DATA.length);
  const { window, value } = JSON.parse(data) as { window: string; value?: number };
  return window === PROBE.period ? (value ?? 0) : 0;
};
