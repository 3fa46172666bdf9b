/**
 * How far the pipeline has come: what each of its consumer groups has still to read.
 *
 * Topics written in transactions end in markers that no consumer is handed. The stages commit behind them (passed-markers.ts); where
 * one of an older version does not, a lag that stands still may be only markers: then the records behind the committed offset are asked
 * for, and none within a moment means that the partition is read.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventTopics,
  projectionGroup,
  projectionInputs,
  provinceEventTopics,
  rollupGroup,
  stageInput,
  stages,
} from '#contracts';
import { inBackground } from '#promises';
import { currentGeneration, PipelineOffsets } from '#stream';
import { openInstallation, type Installation } from './installation.js';

interface Reader {
  readonly group: string;
  readonly topic: string;
}
interface Lag extends Reader {
  readonly partition: number;
  readonly committed: bigint;
  readonly behind: bigint;
}

export interface Progress {
  /** Events that the check stage has still to read, and all events of the event topics. */
  readonly eventsLeft: number;
  readonly events: number;
  /** Records left in the later steps. */
  readonly recordsLeft: number;
  /** Whether anything was read or written since the last time. */
  readonly moved: boolean;
  /** Who is behind, where and by how much; markers of transactions count here too. */
  readonly waiting: readonly string[];
}

const POLL_MS = 300;
/** A broker that starts again meanwhile is waited for. */
const PATIENCE = { retries: 12, answerMs: 60_000 };
const TAIL_MS = 1_500;
const TAIL_FETCHES = 4;
/** A worker may write for seconds before its offset moves; only a longer standstill is looked into. */
const STANDSTILL_MS = 3_000;

export class Drain {
  /** Step by step; a step's topics are looked at together. */
  private readonly steps: readonly (readonly Reader[])[];
  private readonly eventTopics: ReadonlySet<string>;
  private readonly offsets: PipelineOffsets;

  private constructor(
    private readonly installation: Installation,
    generation: number,
  ) {
    const { config, topics, kafka } = installation;
    this.eventTopics = new Set(eventTopics(topics));
    const inputsOf = (stage: (typeof stages)[number]) =>
      stage === 'check' ? [...this.eventTopics] : [topics[stageInput[stage]]];
    const readers = stages.map((stage) =>
      inputsOf(stage).map((topic) => ({ group: rollupGroup(config.TOPIC_PREFIX, stage, generation), topic })),
    );
    const projections = projectionInputs.map((key) => [
      { group: projectionGroup(config.TOPIC_PREFIX, topics[key], generation), topic: topics[key] },
    ]);
    this.steps = [...readers, ...projections];
    this.offsets = new PipelineOffsets(kafka, PATIENCE);
  }

  static async open(installation: Installation): Promise<Drain> {
    const generation = await currentGeneration(installation.kafka, installation.topics.control);
    return new Drain(installation, generation);
  }

  /**
   * Waits until every event and everything that follows from it is read and written.
   *
   * @param onProgress called at every look; gives up where it answers false
   * @returns when anything last moved, milliseconds since the epoch: the time of looking at a standstill is not counted
   */
  async wait(onProgress: (progress: Progress) => unknown = () => undefined): Promise<number> {
    let before = '';
    let movedAt = Date.now();
    for (;;) {
      const lags = await this.lags();
      const waiting = lags.filter(({ behind }) => behind > 0n);
      const now = waiting
        .map(({ topic, partition, committed, group }) => `${group}${topic}${partition}:${committed}`)
        .join();
      if (now !== before) movedAt = Date.now();
      const goesOn = onProgress({
        ...(await this.progressOf(lags)),
        moved: now !== before,
        waiting: waiting.map(nameOf),
      });
      if (goesOn === false) return movedAt;
      if (waiting.length === 0) return movedAt;
      if (Date.now() - movedAt > STANDSTILL_MS && !(await this.hasRecords(waiting))) return movedAt;
      before = now;
      await sleep(POLL_MS);
    }
  }

  /** Who is behind at this moment; nobody where nothing but markers is left to read. */
  async waiting(): Promise<string[]> {
    const waiting = (await this.lags()).filter(({ behind }) => behind > 0n);
    const isBehind = waiting.length > 0 && (await this.hasRecords(waiting));
    return isBehind ? waiting.map(nameOf) : [];
  }

  /** Upstream first: what a reader has committed, it had passed on before the next one is asked. */
  private async lags(): Promise<Lag[]> {
    const lags: Lag[] = [];
    for (const readers of this.steps)
      lags.push(...(await Promise.all(readers.map((reader) => this.lagOf(reader)))).flat());
    return lags;
  }

  async close(): Promise<void> {
    await this.offsets.close();
  }

  private async lagOf({ group, topic }: Reader): Promise<Lag[]> {
    const places = await this.offsets.committed(group, topic);
    const { low, high } = await this.offsets.bounds(topic);
    return Object.keys(high).map((partition) => {
      const committed = BigInt(places[partition] ?? low[partition]);
      return { group, topic, partition: Number(partition), committed, behind: BigInt(high[partition]) - committed };
    });
  }

  private async progressOf(lags: readonly Lag[]): Promise<Omit<Progress, 'moved' | 'waiting'>> {
    const { topics } = this.installation;
    const { high: events } = await this.offsets.bounds(topics.indicatorEvents, provinceEventTopics(topics));
    const isEvent = ({ topic }: Lag) => this.eventTopics.has(topic);
    const sum = (some: readonly Lag[]) => Number(some.reduce((total, { behind }) => total + behind, 0n));
    return {
      events: Object.values(events).reduce((total, high) => total + Number(high), 0),
      eventsLeft: sum(lags.filter(isEvent)),
      recordsLeft: sum(lags.filter((lag) => !isEvent(lag))),
    };
  }

  /** Whether any of the partitions has a record at or after its committed offset. */
  private async hasRecords(lags: readonly Lag[]): Promise<boolean> {
    const { kafka, config } = this.installation;
    const consumer = kafka.consumer({ groupId: `${config.TOPIC_PREFIX}.drain.${randomUUID()}`, maxWaitTimeInMs: 100 });
    const from = new Map(lags.map(({ topic, partition, committed }) => [`${topic}/${partition}`, committed]));
    await consumer.connect();
    try {
      return await new Promise<boolean>((resolve, reject) => {
        const looking = async () => {
          await consumer.subscribe({ topics: [...new Set(lags.map(({ topic }) => topic))], fromBeginning: true });
          let lookedUntil = Infinity;
          let fetches = 0;
          consumer.on(consumer.events.GROUP_JOIN, () => {
            for (const { topic, partition, committed } of lags) {
              consumer.seek({ topic, partition, offset: String(committed) });
            }
            lookedUntil = Date.now() + TAIL_MS;
          });
          // A machine that is busy answers late: only answers that were empty count, not the time alone.
          consumer.on(consumer.events.FETCH, () => {
            fetches += Number(lookedUntil < Infinity);
            if (fetches >= TAIL_FETCHES && Date.now() >= lookedUntil) resolve(false);
          });
          await consumer.run({
            autoCommit: false,
            eachBatch: ({ batch }) => {
              const start = from.get(`${batch.topic}/${batch.partition}`);
              const isNew = start !== undefined && batch.messages.some(({ offset }) => BigInt(offset) >= start);
              if (isNew) resolve(true);
              return Promise.resolve();
            },
          });
        };
        inBackground(looking(), reject);
      });
    } finally {
      await consumer.disconnect();
    }
  }
}

const nameOf = ({ group, topic, partition, behind }: Lag): string => `${group}: ${topic}/${partition}, ${behind}`;

/** Waits as `Drain.wait` does. */
export const drained = async (
  installation: Installation,
  onProgress?: (progress: Progress) => void,
): Promise<number> => {
  const drain = await Drain.open(installation);
  try {
    return await drain.wait(onProgress);
  } finally {
    await drain.close();
  }
};

/** `npm run drain`: waits until everything published is read and written. */
export const drainCommand = async (): Promise<number> => {
  await drained(await openInstallation(process.env));
  return 0;
};
