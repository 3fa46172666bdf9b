/**
 * Requests for summaries: what was in the event topic when somebody asked is in what is issued for it.
 *
 * Nothing is decided from figures that may lag behind. A request reads where the event topic ends, and that is the claim of the
 * revision that answers it (`decideRequest`). Whether an issued revision still says the same is looked at only where the figures
 * have provably taken in as much; where they have not within a moment, a new revision is asked for.
 */
import { AppError, decideRequest, windowCode, windowHasBegun, type TopicOffsets } from '#domain';
import type { SummaryRepository, SummaryRecord } from './summary-repository.js';
import { summaryId } from './summary-repository.js';
import type { SummaryScheduleLog, ClaimedWindow } from './summary-schedule-log.js';
import { fingerprintOf, type SummarySource } from './summary-source.js';

class WindowNotBegun extends AppError {
  readonly code = 'WINDOW_NOT_BEGUN';
  readonly retryable = false;
}

/** The events that figures are made of, and how far everybody is with them. */
export interface EventProgress {
  /** Where the event topic ends now. Throws where Kafka is away. */
  ends(): Promise<TopicOffsets>;
  /** The generation of figures that has everything before some offsets, waited for as long as is said; undefined where none has. */
  takenIn(asked: TopicOffsets, withinMs: number): Promise<number | undefined>;
}

/** What is done about a request. */
interface Plan {
  readonly id: string;
  readonly asked: TopicOffsets;
  /** The revision to ask for, where it does not stand yet. */
  readonly revision?: number;
}

/** Events that change nothing, as repeats do, are taken in within this time, unless the pipeline is behind. */
const TAKEN_IN_MS = 2_000;

export class SummaryRequests {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly source: SummarySource,
    private readonly events: EventProgress,
  ) {}

  /** Asks for a window's summary; the id of the one to wait for. Throws `WindowNotBegun`. */
  async request(window: number, now: number): Promise<string> {
    requireBegun(window, now);
    for (;;) {
      const { id, revision, asked } = await this.plan(window, now);
      if (revision === undefined) return id;
      if (await this.repository.ask(windowCode(window), revision, asked, new Date(now))) return id;
    }
  }

  /**
   * Asks for the summary of a window that came due, once however many do: the window is claimed for a revision before it is asked for.
   *
   * @returns the claim that stands; it is still to be `fulfil`led
   */
  async claimDue(log: SummaryScheduleLog, window: number, now: number): Promise<ClaimedWindow> {
    requireBegun(window, now);
    const { id, asked } = await this.plan(window, now);
    return log.claim(windowCode(window), id, asked, new Date(now));
  }

  /**
   * Asks for what a window was claimed for; that it stands already is as good.
   *
   * @param dueAt the instant named in advance as of which it is made
   */
  async fulfil(log: SummaryScheduleLog, { window, summary, asked, at }: ClaimedWindow, dueAt: number): Promise<void> {
    const revision = Number(summary.slice(summary.lastIndexOf('-r') + 2));
    // Whose clock is ahead claims before it is due: nothing is made as of an instant that has not been.
    const asOf = new Date(Math.min(dueAt, at.getTime()));
    await this.repository.ask(window, revision, asked, at, asOf);
    await log.noteAsked(window);
  }

  /** Decides, and raises what can be raised, until something stands. */
  private async plan(window: number, now: number): Promise<Plan> {
    const code = windowCode(window);
    for (;;) {
      const latest = await this.repository.latest(code);
      const asked = await this.events.ends();
      const fresh = { id: summaryId(code, (latest?.revision ?? 0) + 1), asked, revision: (latest?.revision ?? 0) + 1 };
      const decision = decideRequest(latest, asked);
      if (decision.kind === 'new' || latest === undefined) return fresh;
      if (decision.kind === 'same') return { id: latest.id, asked };
      if (decision.kind === 'compare') {
        const saysTheSame = await this.saysTheSame(latest, window, decision.isCurrent ? undefined : asked, now);
        return saysTheSame ? { id: latest.id, asked } : fresh;
      }
      if (await this.repository.raise(latest, decision.asked, new Date(now))) return { id: latest.id, asked };
    }
  }

  /** @param asked what the figures have to have taken in before they can be compared; undefined: they have */
  private async saysTheSame(
    latest: SummaryRecord,
    window: number,
    asked: TopicOffsets | undefined,
    now: number,
  ): Promise<boolean> {
    if (asked !== undefined) {
      const generation = await this.events.takenIn(asked, TAKEN_IN_MS);
      if (generation === undefined || generation !== (await this.source.generation())) return false;
    }
    const content = await this.source.content(window, { revision: 1, cutOff: now });
    return fingerprintOf(content) === latest.fingerprint;
  }
}

const requireBegun = (window: number, now: number): void => {
  if (windowHasBegun(window, now)) return;
  throw new WindowNotBegun(`nothing of ${windowCode(window)} can have been reported: it has not begun`);
};
