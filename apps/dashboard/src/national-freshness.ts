/**
 * How fresh the national figures in MongoDB are: the age of the oldest event that they do not hold yet.
 *
 * Where the event topic ends is noted every second while somebody scrapes, and each end is followed through the pipeline until everything
 * before it has been taken in. So the age is known to a second, rounded up, at the cost of a few questions to Kafka; what waited before
 * the process began counts from its start. While Kafka does not answer no age is said, and `tonghop_national_freshness_up` is 0.
 */
import { nationalSteps, type Topics } from '#contracts';
import { covers, type TopicOffsets } from '#domain';
import type { Kafka } from '#kafka';
import { awaitedLater } from '#promises';
import { within, type ServiceMetrics } from '#service';
import { PipelineOffsets, PipelineProgress, type Followed } from '#stream';

const LOOK_MS = 1_000;
/** Without a scrape for so long nobody is asked any more. */
const WANTED_MS = 300_000;
/** An answer that is older says nothing. */
const KNOWN_MS = 10_000;
/** Ends closer to each other than this part of the oldest one's age are taken together: that many are kept for each e-fold of a backlog. */
const FINENESS = 256;
const SCRAPE_MS = 1_000;

interface Mark {
  /** Every event before `ends` that no earlier mark has is at most so old: milliseconds since the epoch. */
  readonly since: number;
  readonly ends: TopicOffsets;
  followed?: Followed;
}

export class NationalFreshness {
  /** Ends that are not taken in, the oldest first. */
  private marks: Mark[] = [];
  private ends?: TopicOffsets;
  private lookedAt?: number;

  /** @param now milliseconds since the epoch */
  constructor(
    private readonly progress: Pick<PipelineProgress, 'ends' | 'look'>,
    private readonly now: () => number,
  ) {}

  /** Looks at where the topic ends and what has been taken in. Throws `KafkaUnavailable`. */
  async look(): Promise<void> {
    const at = this.now();
    const ends = await this.progress.ends();
    // A topic that was made anew begins anew.
    if (this.ends !== undefined && !covers(ends, this.ends)) this.marks = [];
    if (this.ends === undefined || !covers(this.ends, ends))
      this.mark({ since: this.isKnown() ? this.last : at, ends });
    this.ends = ends;
    this.marks = this.marks.slice(await this.takenIn());
    this.lookedAt = at;
  }

  /** Seconds; undefined where it is not known now. */
  get seconds(): number | undefined {
    if (!this.isKnown()) return undefined;
    const [oldest] = this.marks;
    return oldest === undefined ? 0 : Math.max(0, this.now() - oldest.since) / 1_000;
  }

  private get last(): number {
    return this.lookedAt ?? this.now();
  }

  private isKnown(): boolean {
    return this.lookedAt !== undefined && this.now() - this.lookedAt < KNOWN_MS;
  }

  private mark(mark: Mark): void {
    const [oldest, newest] = [this.marks[0], this.marks.at(-1)];
    const isClose = newest !== undefined && mark.since - newest.since < (mark.since - oldest.since) / FINENESS;
    // Of two the older moment and the later end: never younger than it is.
    if (isClose) this.marks[this.marks.length - 1] = { since: newest.since, ends: mark.ends };
    else this.marks.push(mark);
  }

  /** How many marks are taken in; an end that is, is so with everything before it. */
  private async takenIn(): Promise<number> {
    const [oldest] = this.marks;
    // As a rule one question is enough.
    if (oldest === undefined || !(await this.isTakenIn(oldest))) return 0;
    let [from, to] = [1, this.marks.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (await this.isTakenIn(this.marks[middle])) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  private async isTakenIn(mark: Mark): Promise<boolean> {
    const { waiting, followed } = await this.progress.look(mark.ends, mark.followed);
    mark.followed = followed;
    return waiting === undefined;
  }
}

/** Looks every second from the first scrape on, while there are scrapes. Returns what ends it. */
export const exposeFreshness = (freshness: NationalFreshness, metrics: ServiceMetrics): (() => void) => {
  const seconds = metrics.gauge(
    'tonghop_national_freshness_seconds',
    'Age of the oldest event that the national figures in MongoDB do not hold yet; 0 where they hold all',
  );
  const isUp = metrics.gauge('tonghop_national_freshness_up', 'Whether Kafka said lately how far the figures are');
  let wantedUntil = 0;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    await freshness.look().catch(() => undefined);
    looking = undefined;
    if (performance.now() < wantedUntil) timer = setTimeout(begin, LOOK_MS).unref();
    else timer = undefined;
  };
  const begin = (): void => {
    timer = undefined;
    looking = awaitedLater(look());
  };
  metrics.atScrape(async () => {
    wantedUntil = performance.now() + WANTED_MS;
    if (looking === undefined && timer === undefined) begin();
    if (freshness.seconds === undefined) await within(SCRAPE_MS, () => looking ?? Promise.resolve());
    const known = freshness.seconds;
    isUp.set(known === undefined ? 0 : 1);
    if (known === undefined) seconds.remove();
    else seconds.set(known);
  });
  return () => {
    wantedUntil = 0;
    clearTimeout(timer);
  };
};

/** Over a connection of its own, so that no question of a metric holds up a request. Returns what ends it. */
export const watchNationalFigures = (
  kafka: Kafka,
  prefix: string,
  topics: Topics,
  metrics: ServiceMetrics,
): (() => Promise<void>) => {
  const offsets = new PipelineOffsets(kafka);
  const progress = new PipelineProgress(offsets, topics.control, (generation) =>
    nationalSteps(prefix, topics, generation),
  );
  const end = exposeFreshness(new NationalFreshness(progress, Date.now), metrics);
  return () => {
    end();
    return offsets.close();
  };
};
