/**
 * Issues a summary that was asked for: loads, summarises, writes the documents, and saves them if nobody has.
 *
 * Safe to run twice, late, or by two workers at once: only the first to save issues, and what is issued never changes.
 */
import { AppError, fromExactJson, toExactJson, windowIndex, type SummaryContent } from '#domain';
import { fingerprintOf, sha256, type SummaryRecord, type SummaryRepository, type SummarySource } from '#store';
import { summaryDocx } from './summary.docx.js';

export class UnknownSummary extends AppError {
  readonly code = 'UNKNOWN_SUMMARY';
  readonly retryable = false;
}

export type IssueOutcome = 'issued' | 'already settled';

export class SummaryIssuer {
  constructor(
    private readonly repository: SummaryRepository,
    private readonly source: SummarySource,
    private readonly now: () => number,
    private readonly document: typeof summaryDocx = summaryDocx,
  ) {}

  /** Throws `UnknownSummary` for an id that was never asked for, `StoreUnavailable` when MongoDB is away. */
  async issue(id: string): Promise<IssueOutcome> {
    const summary = await this.repository.get(id);
    if (summary === undefined) throw new UnknownSummary('no such summary', { id });
    if (summary.status !== 'pending') return 'already settled';
    const cutOff = this.now();
    const content = await this.contentOf(summary, cutOff);
    const json = Buffer.from(toExactJson(content));
    const checksum = sha256(json);
    const docx = await this.document(content, checksum);
    const fingerprint = fingerprintOf(content);
    const dates = { issuedAt: new Date(this.now()), cutOff: new Date(cutOff) };
    const isIssued = await this.repository.issue(id, { ...dates, fingerprint, checksum, json, docx });
    return isIssued ? 'issued' : 'already settled';
  }

  private async contentOf({ window, revision }: SummaryRecord, cutOff: number): Promise<SummaryContent> {
    const earlier = await this.issuedBefore(window, revision);
    return this.source.content(windowIndex(window) as number, { revision, cutOff, earlier });
  }

  private async issuedBefore(window: string, revision: number): Promise<SummaryContent | undefined> {
    const earlier = await this.repository.issuedBefore(window, revision);
    const json = earlier && (await this.repository.document(earlier.id, 'json'));
    return json && (fromExactJson(json.toString()) as SummaryContent);
  }
}
