/**
 * Where the content of a summary comes from: ready-made rollups, read when they agree, and the pure `summarise`.
 *
 * The dashboard asks here whether anything has changed, the reports worker makes the content here, so both mean the same.
 * Both must be given the same deadlines.
 */
import {
  addUpTo,
  COUNTRY,
  monthCode,
  monthsOfWindow,
  previousWindow,
  provinces,
  sameWindowLastYear,
  summarise,
  summaryFingerprint,
  windowCode,
  windowIndex,
  windowYear,
  type Deadlines,
  type SummaryContent,
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

/** The projection writes the country's windows first; its provinces' follow within a second. */
const FOLLOW_MS = 2_000;
const LOOK_AGAIN_MS = 100;

export class SummarySource {
  constructor(
    private readonly reader: RollupReader,
    private readonly deadlines?: Deadlines,
  ) {}

  /**
   * The content of a window's summary from what is stored now, which is at least what the country's figures showed when it was
   * asked for, unless MongoDB is far behind. Throws `StoreUnavailable`.
   */
  async content(window: number, edition: SummaryEdition): Promise<SummaryContent> {
    const compared = {
      previous: codeOf(previousWindow(window)),
      lastYear: codeOf(sameWindowLastYear(window)),
      yearBefore: codeOf(windowIndex(String(windowYear(window) - 1))),
    };
    const months = monthsOfWindow(window).map(monthCode);
    const found = await this.windows([windowCode(window), ...months, ...Object.values(compared)]);
    const of = (code: string | undefined) => provincesOf(found.filter((stored) => stored.window === code));
    const byId = new Map(found.map((stored) => [`${stored.unit}|${stored.window}`, stored]));
    return summarise({
      ...edition,
      window,
      current: of(windowCode(window)),
      previous: of(compared.previous),
      lastYear: of(compared.lastYear),
      yearBefore: of(compared.yearBefore),
      reportsOf: (province, month) => byId.get(`${province}|${monthCode(month)}`)?.reports,
      deadlines: this.deadlines,
    });
  }

  /** The country's windows and its provinces', as soon as these add up to those: in moments, unless more is on its way. */
  private async windows(codes: readonly (string | undefined)[]): Promise<readonly StoredWindow[]> {
    const wanted = [...new Set(codes)].filter((code) => code !== undefined);
    const units = [COUNTRY, ...provinces.map(({ code }) => code)];
    const until = performance.now() + FOLLOW_MS;
    for (;;) {
      const found = await this.reader.windows(units, wanted);
      const isSettled = wanted.every((code) => addUp(found.filter(({ window }) => window === code)));
      if (isSettled || performance.now() > until) return found;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
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

const codeOf = (window: number | undefined): string | undefined =>
  window === undefined ? undefined : windowCode(window);

const provincesOf = (windows: readonly StoredWindow[]) => windows.filter(({ unit }) => unit !== COUNTRY);

/** Whether the provinces' windows add up to the country's. */
const addUp = (windows: readonly StoredWindow[]): boolean => {
  const country = windows.find(({ unit }) => unit === COUNTRY);
  const parts = provincesOf(windows).map(({ items }) => items);
  return addUpTo(country?.items ?? [], parts);
};

export const fingerprintOf = (content: SummaryContent): string => sha256(summaryFingerprint(content));
