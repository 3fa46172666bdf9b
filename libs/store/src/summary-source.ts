/**
 * Where the content of a summary comes from: ready-made rollups, read once, and the pure `summarise`.
 *
 * Whoever asks looks here whether anything has changed, the reports worker makes the content here, so both mean the same.
 * Both must be given the same calendar.
 */
import {
  monthCode,
  monthsOfWindow,
  previousWindow,
  provinces,
  rollupsFrom,
  sameWindowLastYear,
  summarise,
  summaryFingerprint,
  unitOf,
  windowCode,
  windowIndex,
  windowYear,
  type Calendar,
  type ProvinceWindow,
  type SummaryContent,
  type Unit,
  type UnitReports,
} from '#domain';
import type { HistoryReader } from './history-reader.js';
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
    private readonly history: Pick<HistoryReader, 'provinceAsOf'>,
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

  /** The provinces' windows that a summary is made of, as of an instant, in milliseconds since the epoch. */
  async asOf(window: number, at: number): Promise<readonly StoredWindow[]> {
    const wanted = new Set(windowsOf(window));
    const years = new Set([...wanted].map((code) => code.slice(0, 4)));
    const windows: StoredWindow[] = [];
    for (const province of provinces) {
      // By whole years: every window of a year is then made of all of its months.
      for (const year of years) {
        const ofYear = await this.history.provinceAsOf(province, windowIndex(year) as number, at);
        windows.push(...ofYear.filter((found) => wanted.has(found.window)).map((found) => asStored(found, at)));
      }
    }
    return windows;
  }
}

const asStored = ({ unit: code, window, items, reports }: ProvinceWindow, at: number): StoredWindow => {
  const updatedAt = new Date(at).toISOString();
  const rollups = rollupsFrom(unitOf(code) as Unit, items).map((rollup) => ({ ...rollup, updatedAt }));
  const units = reports === undefined ? {} : { reports: JSON.parse(reports) as UnitReports };
  return { unit: code, window, version: 0, items: rollups, ...units, updatedAt };
};

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

/** SHA-256 of what a summary says, apart from when it was made. */
export const fingerprintOf = (content: SummaryContent): string => sha256(summaryFingerprint(content));
