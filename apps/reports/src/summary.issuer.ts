/**
 * Issues a summary that was asked for: looks whether everything that it claims has been taken in, loads, summarises, writes the
 * documents, and saves them if nobody has.
 *
 * Nothing is issued of less than was in the event topic when it was asked for, however long that takes: until then the answer is what
 * it waits for. Safe to run twice, late, or by two workers at once: only the first to save issues, and what is issued never changes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AppError,
  covers,
  fromExactJson,
  toExactJson,
  windowIndex,
  type SummaryContent,
  type TopicOffsets,
} from '#domain';
import type { SummaryWaiting } from '#contracts';
import type { Followed, PipelineProgress } from '#stream';
import {
  fingerprintOf,
  sha256,
  type StoredWindow,
  type SummaryRecord,
  type SummaryRepository,
  type SummarySource,
} from '#store';
import { summaryDocx } from './summary.docx.js';

class UnknownSummary extends AppError {
  readonly code = 'UNKNOWN_SUMMARY';
  readonly retryable = false;
}

/** Nothing is under way, and still the provinces do not add up to the country: one of the documents is wrong. */
export class SumsDiffer extends AppError {
  readonly code = 'SUMS_DIFFER';
  readonly retryable = true;
}

/** `asked again`: more was claimed of it while it was looked after. */
export type IssueOutcome = 'issued' | 'already settled' | 'asked again' | { readonly waiting: SummaryWaiting };

/** What is asked of the pipeline. */
export type Progress = Pick<PipelineProgress, 'ends' | 'look'>;

/** The projection writes the country's windows first; its provinces' follow within a second. */
const FOLLOW_MS = 2_000;
const LOOK_AGAIN_MS = 100;

const countless = (what: string): SummaryWaiting => ({ for: what, left: null });

export class SummaryIssuer {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly source: SummarySource,
    private readonly progress: Progress,
    private readonly now: () => number,
    private readonly document: typeof summaryDocx = summaryDocx,
  ) {}

  /** Throws `UnknownSummary` for an id that was never asked for, `StoreUnavailable` or `KafkaUnavailable` when one is away. */
  async issue(id: string): Promise<IssueOutcome> {
    const summary = await this.repository.get(id);
    if (summary === undefined) throw new UnknownSummary('no such summary', { id });
    if (summary.status !== 'pending') return 'already settled';
    const { asked } = summary;
    // One that an older version asked for.
    if (asked === undefined) {
      await this.repository.raise(summary, await this.progress.ends());
      return 'asked again';
    }
    const waiting = await this.waitingFor(summary, asked);
    if (waiting !== undefined) return { waiting };
    const cutOff = this.now();
    const read = await this.provincesOf(summary, asked);
    if (!(await this.repository.beginMaking(summary))) return this.overtaken(id);
    return this.make(summary, cutOff, read);
  }

  /** Another worker has issued it, or somebody has asked for more. */
  private async overtaken(id: string): Promise<IssueOutcome> {
    return (await this.repository.get(id))?.status === 'pending' ? 'asked again' : 'already settled';
  }

  /** What the summary has to wait for; noted where whoever asked can see it. */
  private async waitingFor(summary: SummaryRecord, asked: TopicOffsets): Promise<SummaryWaiting | undefined> {
    const before = summary.followed ? (JSON.parse(summary.followed) as Followed) : undefined;
    const look = await this.progress.look(asked, before);
    const waiting = look.waiting ?? (await this.waitingBeside(summary, look.followed));
    if (waiting !== undefined) await this.repository.note(summary, JSON.stringify(look.followed), waiting);
    return waiting;
  }

  /** What there is to wait for besides events on their way. */
  private async waitingBeside(
    { window, revision }: SummaryRecord,
    { generation }: Followed,
  ): Promise<SummaryWaiting | undefined> {
    if ((await this.source.generation()) !== generation) return countless('rebuild');
    if (await this.repository.isPendingBefore(window, revision)) return countless('earlier revision');
    return undefined;
  }

  /** The provinces' windows, which add up to the country's; while more comes they hardly ever do, and each says enough by itself. */
  private async provincesOf({ id, window }: SummaryRecord, asked: TopicOffsets): Promise<readonly StoredWindow[]> {
    for (const until = performance.now() + FOLLOW_MS; ;) {
      const { windows, addUp } = await this.source.provinces(windowIndex(window) as number);
      if (addUp) return windows;
      if (performance.now() > until) {
        if (!covers(asked, await this.progress.ends())) return windows;
        await this.repository.noteWaiting(id, countless('sums'));
        throw new SumsDiffer('the provinces do not add up to the country, and nothing is under way', { id });
      }
      await sleep(LOOK_AGAIN_MS);
    }
  }

  private async make(
    { id, window, revision }: SummaryRecord,
    cutOff: number,
    read: readonly StoredWindow[],
  ): Promise<IssueOutcome> {
    const earlier = await this.issuedBefore(window, revision);
    const content = await this.source.content(windowIndex(window) as number, { revision, cutOff, earlier }, read);
    const json = Buffer.from(toExactJson(content));
    const checksum = sha256(json);
    const docx = await this.document(content, checksum);
    const fingerprint = fingerprintOf(content);
    const dates = { issuedAt: new Date(this.now()), cutOff: new Date(cutOff) };
    const isIssued = await this.repository.issue(id, { ...dates, fingerprint, checksum, json, docx });
    return isIssued ? 'issued' : 'already settled';
  }

  private async issuedBefore(window: string, revision: number): Promise<SummaryContent | undefined> {
    const earlier = await this.repository.issuedBefore(window, revision);
    const json = earlier && (await this.repository.document(earlier.id, 'json'));
    return json && (fromExactJson(json.toString()) as SummaryContent);
  }
}
