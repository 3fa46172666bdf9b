/**
 * A verification: the events read, what they amount to, and what stands in MongoDB of it.
 *
 * Events that come while it compares would look like faults. Where something differs and the topic has grown meanwhile, the new
 * events are added to the recomputation, the pipeline is waited for, and all is compared again.
 */
import { isRefusal, Recomputation } from '#domain';
import { currentGeneration } from '#stream';
import { connectStore, RollupReader, versionOf, type Connection } from '#store';
import { Drain } from './drain.js';
import { EventLog, type ReadEvent, type TopicEnds } from './event-log.js';
import type { Installation } from './installation.js';
import type { Progress } from './progress-line.js';
import { compareAccounts, missingRefusals, refusalDifference, refusalOf, type Refused } from './verify-books.js';
import { compareFigures, isInScope, versionDifferences, type Difference, type Scope } from './verification.js';

export interface Verified {
  readonly differences: readonly Difference[];
  /** Refusals that do not stand in MongoDB as they ought to. */
  readonly missing: readonly Refused[];
  readonly compared: number;
  readonly events: number;
  readonly refused: number;
  /** Who had not read everything before the comparison. */
  readonly behind: readonly string[];
  /** The generation that readers see, and the newest one. */
  readonly generation: number;
  readonly newest: number;
}

/** A pipeline that stands still for so long with something to read will not catch up by itself. */
const PATIENCE_MS = 30_000;
const ROUNDS = 5;

export class Verifier {
  private readonly recomputation = new Recomputation();
  private readonly refused: Refused[] = [];
  private readonly log: EventLog;

  private constructor(
    private readonly installation: Installation,
    readonly connection: Connection,
    private readonly scope: Scope,
    private readonly tell: (line: string) => void,
    private readonly progress: Progress,
  ) {
    this.log = new EventLog(installation);
  }

  static async open(
    installation: Installation,
    scope: Scope,
    tell: (line: string) => void,
    progress: Progress,
  ): Promise<Verifier> {
    const connection = await connectStore(installation.config);
    return new Verifier(installation, connection, scope, tell, progress);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  async verify(wait: boolean): Promise<Verified> {
    for (let round = 1; ; round += 1) {
      const ends = await this.log.ends();
      const behind = await this.behind(wait);
      await this.log.readTo(
        ends,
        (event) => this.take(event),
        (decision) => this.recomputation.decide(decision),
      );
      const verified = { ...(await this.compare()), behind };
      const isSettled = verified.differences.length === 0 || !(await this.hasGrown(ends));
      if (isSettled || round === ROUNDS) return verified;
      this.tell('Có sự kiện mới trong lúc so sánh, so lại / events came meanwhile, comparing again');
    }
  }

  private take(event: ReadEvent): void {
    const refusal = refusalOf(event);
    if (refusal === undefined) {
      if (!isRefusal(event.outcome)) this.recomputation.take(event.outcome);
    } else if (isInScope(this.scope, refusal.unit)) this.refused.push(refusal);
  }

  private async compare(): Promise<Omit<Verified, 'behind'>> {
    const { connection, installation, scope, log } = this;
    const generation = await new RollupReader(connection, Date.now).generation();
    const newest = await currentGeneration(installation.kafka, installation.topics.control);
    const { compared, differences, versions } = await compareFigures(connection, generation, this.recomputation, scope);
    const missing = await missingRefusals(connection, this.refused);
    const accounts = scope === undefined ? await compareAccounts(connection, log.counts) : [];
    return {
      differences: [
        ...differences,
        ...versionDifferences(versions, await this.bounds(generation)),
        ...accounts,
        ...missing.map(refusalDifference),
      ],
      missing,
      compared: compared + this.refused.length + (scope === undefined ? log.counts.size : 0),
      events: [...log.counts.values()].reduce((sum, count) => sum + count, 0),
      refused: this.refused.length,
      generation,
      newest,
    };
  }

  /** The versions that the newest records of the rollup topics give, after the documents were read. */
  private async bounds(generation: number) {
    const { kafka, topics } = this.installation;
    const admin = kafka.admin();
    await admin.connect();
    try {
      const boundOf = async (...names: string[]) => {
        const offsets = (await Promise.all(names.map((name) => admin.fetchTopicOffsets(name)))).flat();
        return versionOf(generation, String(Math.max(...offsets.map(({ high }) => Number(high)))));
      };
      const windows = await boundOf(topics.provinceRollups, topics.nationalRollups);
      return { windows, years: await boundOf(topics.communeRollups) };
    } finally {
      await admin.disconnect();
    }
  }

  private async behind(wait: boolean): Promise<readonly string[]> {
    const drain = await Drain.open(this.installation);
    try {
      if (!wait) return await drain.waiting();
      let movedAt = Date.now();
      let behind: readonly string[] = [];
      await drain.wait(({ moved, events, eventsLeft, waiting }) => {
        if (moved) movedAt = Date.now();
        if (eventsLeft > 0) this.progress.show(events - eventsLeft, events);
        const isPatient = Date.now() - movedAt < PATIENCE_MS;
        if (!isPatient) behind = waiting;
        return isPatient;
      });
      return behind;
    } finally {
      this.progress.stop();
      await drain.close();
    }
  }

  private async hasGrown(ends: TopicEnds): Promise<boolean> {
    const now = await this.log.ends();
    return [...now].some(([topic, to]) =>
      [...to].some(([partition, end]) => end > (ends.get(topic)?.get(partition) ?? 0n)),
    );
  }
}
