/**
 * Where the content of a summary comes from: ready-made rollups, read once, and the pure `summarise`.
 *
 * The dashboard asks here whether anything has changed, the reports worker makes the content here, so both mean the same.
 * Both must be given the same deadlines.
 */
import {
  previousWindow,
  provinces,
  sameWindowLastYear,
  summarise,
  summaryFingerprint,
  unitOf,
  COUNTRY,
  windowCode,
  windowIndex,
  windowYear,
  type Deadlines,
  type SummaryContent,
  type Unit,
} from '#domain';
import type { RollupReader, StoredWindow } from './rollup-reader.js';
import { sha256 } from './rollup-writer.js';
import type { SummaryRepository } from './summary-repository.js';

export interface SummaryEdition {
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly cutOff: number;
  readonly earlier?: SummaryContent;
}

export class SummarySource {
  constructor(
    private readonly reader: RollupReader,
    private readonly deadlines?: Deadlines,
  ) {}

  /** The content of a window's summary from what is stored now. Throws `StoreUnavailable`. */
  async content(window: number, edition: SummaryEdition): Promise<SummaryContent> {
    const previous = previousWindow(window);
    const lastYear = sameWindowLastYear(window);
    const yearBefore = windowIndex(String(windowYear(window) - 1));
    const wanted = [...new Set([window, previous, lastYear, yearBefore])].flatMap((index) => index ?? []);
    const codes = provinces.map(({ code }) => code);
    const [found, reportsOf] = await Promise.all([
      this.reader.windows(codes, wanted.map(windowCode)),
      this.reader.reports(unitOf(COUNTRY) as Unit, window),
    ]);
    const of = (index: number | undefined): StoredWindow[] =>
      index === undefined ? [] : found.filter((stored) => stored.window === windowCode(index));
    return summarise({
      ...edition,
      window,
      current: of(window),
      previous: of(previous),
      lastYear: of(lastYear),
      yearBefore: of(yearBefore),
      reportsOf,
      deadlines: this.deadlines,
    });
  }

  /** SHA-256 of what a summary made now would say, apart from when it was made. */
  async fingerprint(window: number, now: number): Promise<string> {
    return fingerprintOf(await this.content(window, { revision: 1, cutOff: now }));
  }

  /** Asks for a summary of what is stored now; returns the id to wait for (`SummaryRepository.request`). */
  async request(repository: SummaryRepository, window: number, now: number): Promise<string> {
    return repository.request(windowCode(window), await this.fingerprint(window, now), new Date(now));
  }
}

export const fingerprintOf = (content: SummaryContent): string => sha256(summaryFingerprint(content));
