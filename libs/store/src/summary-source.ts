/**
 * Where the content of a summary comes from: ready-made rollups, read once, and the pure `summarise`.
 *
 * Whoever asks looks here whether anything has changed, the reports worker makes the content here, so both mean the same.
 * Both must be given the same calendar.
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
  type Calendar,
  type SummaryContent,
} from '#domain';
import type { RollupReader, StoredWindow } from './rollup-reader.js';
import { sha256 } from './rollup-writer.js';

export interface SummaryEdition {
  readonly revision: number;
  /** Milliseconds since the epoch. */
  readonly cutOff: number;
  readonly earlier?: SummaryContent;
}

const provinceCodes = provinces.map(({ code }) => code);

export class SummarySource {
  constructor(
    private readonly reader: RollupReader,
    private readonly calendar?: Calendar,
  ) {}

  /**
   * The content of a window's summary from what is stored now. Throws `StoreUnavailable`.
   *
   * @param read the provinces' windows (`windowsOf`), where they are read already
   */
  async content(window: number, edition: SummaryEdition, read?: readonly StoredWindow[]): Promise<SummaryContent> {
    const { previous, lastYear, yearBefore } = comparedWith(window);
    const found = read ?? (await this.reader.windows(provinceCodes, windowsOf(window)));
    const of = (index: number | undefined) =>
      index === undefined ? [] : found.filter((stored) => stored.window === windowCode(index));
    const byId = new Map(found.map((stored) => [`${stored.unit}|${stored.window}`, stored]));
    return summarise({
      ...edition,
      window,
      current: of(window),
      previous: of(previous),
      lastYear: of(lastYear),
      yearBefore: of(yearBefore),
      reportsOf: (province, month) => byId.get(`${province}|${monthCode(month)}`)?.reports,
      calendar: this.calendar,
    });
  }

  /** The generation that the content is made of. */
  generation(): Promise<number> {
    return this.reader.generation();
  }

  /** The provinces' windows that a summary is made of, and whether they add up to the country in all of them. */
  async provinces(window: number): Promise<{ readonly windows: readonly StoredWindow[]; readonly addUp: boolean }> {
    const codes = windowsOf(window);
    const found = await this.reader.windows([COUNTRY, ...provinceCodes], codes);
    return {
      windows: found.filter(({ unit }) => unit !== COUNTRY),
      addUp: codes.every((code) => addUp(found.filter((stored) => stored.window === code))),
    };
  }
}

const comparedWith = (window: number) => ({
  previous: previousWindow(window),
  lastYear: sameWindowLastYear(window),
  yearBefore: windowIndex(String(windowYear(window) - 1)),
});

/** The windows that a summary is made of: itself, its months, and those that it is compared with. */
const windowsOf = (window: number): string[] => {
  const compared = Object.values(comparedWith(window)).flatMap((index) => index ?? []);
  return [...new Set([windowCode(window), ...monthsOfWindow(window).map(monthCode), ...compared.map(windowCode)])];
};

/** Whether the provinces' windows add up to the country's. */
const addUp = (windows: readonly StoredWindow[]): boolean => {
  const country = windows.find(({ unit }) => unit === COUNTRY);
  const parts = windows.filter((stored) => stored !== country).map(({ items }) => items);
  return addUpTo(country?.items ?? [], parts);
};

/** SHA-256 of what a summary says, apart from when it was made. */
export const fingerprintOf = (content: SummaryContent): string => sha256(summaryFingerprint(content));
