/**
 * Issues a summary that was asked for: closes its cut-off, loads what was known as of it, summarises, writes the documents, and saves them if
 * nobody has.
 *
 * Nothing is issued of less than was received by its instant, however long that takes: until then the answer is what it waits for. Safe to run twice, late, or by two workers at once: only the first to save issues, and what is issued never changes.
 */
import { AppError, fromExactJson, toExactJson, windowIndex, type SummaryContent, type TopicOffsets } from '#domain';
import type { SummaryWaiting } from '#contracts';
import type { Followed, PipelineProgress } from '#stream';
import { fingerprintOf, sha256, type SummaryRecord, type SummaryRepository, type SummarySource } from '#store';
import { summaryDocx } from './summary.docx.js';

class UnknownSummary extends AppError {
  readonly code = 'UNKNOWN_SUMMARY';
  readonly retryable = false;
}

/** `asked again`: more was claimed of it while it was looked after. */
export type IssueOutcome = 'issued' | 'already settled' | 'asked again' | { readonly waiting: SummaryWaiting };

/** What is asked of the pipeline. */
export type Progress = Pick<PipelineProgress, 'ends' | 'look'>;

const countless = (what: string): SummaryWaiting => ({ for: what, left: null });

export class SummaryIssuer {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly source: SummarySource,
    private readonly progress: Progress,
    private readonly now: () => number,
    /** By how much the brokers' clocks may differ from this one, in milliseconds. */
    private readonly skewMs: number,
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
      await this.repository.raise(summary, await this.progress.ends(), new Date(this.now()));
      return 'asked again';
    }
    const waiting = await this.waitingFor(summary);
    if (waiting !== undefined) return { waiting };
    if (!(await this.repository.beginMaking(summary))) return this.overtaken(id);
    return this.make(summary);
  }

  /** Another worker has issued it, or somebody has asked for more. */
  private async overtaken(id: string): Promise<IssueOutcome> {
    return (await this.repository.get(id))?.status === 'pending' ? 'asked again' : 'already settled';
  }

  /** What the summary has to wait for; noted where whoever asked can see it. */
  private async waitingFor(summary: SummaryRecord): Promise<SummaryWaiting | undefined> {
    const closing = await this.closing(summary);
    if (closing === undefined) {
      const waiting = countless('cut-off');
      await this.repository.noteWaiting(summary.id, waiting);
      return waiting;
    }
    const before = summary.followed ? (JSON.parse(summary.followed) as Followed) : undefined;
    const look = await this.progress.look(closing, before);
    const waiting = look.waiting ?? (await this.waitingBeside(summary, look.followed));
    if (waiting !== undefined) await this.repository.note(summary, JSON.stringify(look.followed), waiting);
    return waiting;
  }

  /**
   * Before which offsets everything is that was received by the summary's instant: where the topics ended once the brokers' clocks had
   * passed it. Looked at once and kept, or a pipeline that never rests would never get there. Undefined: they have not.
   */
  private async closing(summary: SummaryRecord): Promise<TopicOffsets | undefined> {
    if (summary.closing) return summary.closing;
    if (this.now() < instantOf(summary) + this.skewMs) return undefined;
    const ends = await this.progress.ends();
    return (await this.repository.noteClosing(summary, ends)) ? ends : undefined;
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

  /** A pure function of the topics and the instant: made again, it is the same byte for byte. */
  private async make(summary: SummaryRecord): Promise<IssueOutcome> {
    const { id, window, revision } = summary;
    const cutOff = instantOf(summary);
    const index = windowIndex(window) as number;
    const read = await this.source.asOf(index, cutOff);
    const earlier = await this.issuedBefore(window, revision);
    const content = await this.source.content(index, { revision, cutOff, earlier }, read);
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

/** As of which instant a summary is made; one that an older version asked for, as of then. */
const instantOf = ({ asOf, requestedAt }: SummaryRecord): number => (asOf ?? requestedAt).getTime();
