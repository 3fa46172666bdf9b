/**
 * The product's own reference: from events to rollups in the plainest way, to compare the pipeline with.
 *
 * It keeps the winner of each cell in a map and adds up each window anew from the cells. Nothing is incremental and nothing is
 * shared with the stages but the check of an event and the order of two reports.
 */
import {
  compareReports,
  COUNTRY,
  exactSum,
  expectedReporters,
  indicators,
  layout,
  monthsOfWindow,
  provinceOf,
  reportingUnits,
  rollupFrom,
  unitOf,
  windowCode,
  windowsOfMonth,
  WINDOWS_PER_YEAR,
  type Report,
  type Rollup,
  type Unit,
  type Whole,
} from '#domain';

type Figure = (Whole | null)[];

interface Total {
  figure: Figure;
  reported: number;
  current: number;
}

export class Reference {
  private readonly cells = new Map<string, Report>();

  take(report: Report): void {
    const key = `${report.unit}|${report.indicator}|${report.month}`;
    const held = this.cells.get(key);
    if (held === undefined || compareReports(report, held) > 0) this.cells.set(key, report);
  }

  /** Every rollup of the units (and the one window) that are wanted, by `unit|window|indicator`. */
  rollups(isWanted: (unit: Unit) => boolean = () => true, only?: number): Map<string, Rollup> {
    const totals = new Map<string, Total>();
    for (const [place, cells] of this.contributions(only)) {
      const [unitIndex, window, indicator] = place.split('|').map(Number);
      const unit = reportingUnits[unitIndex];
      const chosen = indicators[indicator].over_time === 'last' ? [latest(cells)] : cells;
      const isCurrent = cells.some(({ month }) => month === monthsOfWindow(window).at(-1));
      for (const code of new Set([unit.code, provinceOf(unit), COUNTRY])) {
        if (isWanted(unitOf(code) as Unit)) add(totals, `${code}|${window}|${indicator}`, chosen, isCurrent);
      }
    }
    return new Map([...totals].map(([key, total]) => named(key, total)));
  }

  /** Live cells of each unit, window and indicator. */
  private contributions(only: number | undefined): Map<string, Report[]> {
    const places = new Map<string, Report[]>();
    for (const report of this.cells.values()) {
      if (report.figure === null) continue;
      const january = Math.floor(report.month / 12) * WINDOWS_PER_YEAR;
      for (const place of windowsOfMonth[report.month % 12]) {
        if (only !== undefined && january + place !== only) continue;
        const key = `${report.unit}|${january + place}|${report.indicator}`;
        places.set(key, [...(places.get(key) ?? []), report]);
      }
    }
    return places;
  }
}

const latest = (cells: readonly Report[]): Report => cells.reduce((a, b) => (b.month > a.month ? b : a));

const add = (totals: Map<string, Total>, key: string, cells: readonly Report[], isCurrent: boolean): void => {
  const total = totals.get(key) ?? { figure: [], reported: 0, current: 0 };
  totals.set(key, total);
  total.reported += 1;
  total.current += Number(isCurrent);
  for (const { figure } of cells) {
    (figure ?? []).forEach((number, slot) => {
      if (number !== null) total.figure[slot] = exactSum(total.figure[slot] ?? 0, number);
    });
  }
};

const named = (key: string, { figure, reported, current }: Total): [string, Rollup] => {
  const [code, window, index] = key.split('|');
  const indicator = Number(index);
  const { fields } = layout[indicator];
  const occurs = (category: number) => (figure[(category + 1) * fields.length] ?? null) !== null;
  const expected = expectedReporters(unitOf(code) as Unit, indicators[indicator]);
  const rollup = rollupFrom(indicator, figure as number[], 0, occurs, { expected, reported, current });
  return [`${code}|${windowCode(Number(window))}|${indicators[indicator].code}`, rollup];
};
