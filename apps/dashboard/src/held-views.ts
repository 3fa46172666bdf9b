/** Held corrections as they are shown: what each would change at every level, and what became of those that were decided. */
import { Injectable } from '@nestjs/common';
import { may, type Principal } from '#access';
import {
  cellFigureOf,
  correctionId,
  COUNTRY,
  decidedCorrections,
  effectAbove,
  effectOnUnit,
  heldCorrections,
  indicators,
  instantText,
  monthCode,
  MONTHS,
  NOW,
  provinceOf,
  provinces,
  reportersOf,
  reportingUnits,
  windowCode,
  windowIndex,
  windowsAround,
  type CorrectionPlace,
  type DecidedCorrection,
  type FigureEffect,
  type HeldCorrection,
  type MonthDecisions,
  type MonthWords,
  type Report,
  type Unit,
} from '#domain';
import { HistoryReader, RollupReader } from '#store';

export interface AskedHeld {
  readonly unit: Unit;
  /** Index of a month; undefined: of all. */
  readonly month?: number;
  readonly limit: number;
}

const allMonths = Array.from({ length: MONTHS }, (_, month) => month);

@Injectable()
export class HeldViews {
  constructor(
    private readonly history: HistoryReader,
    private readonly reader: RollupReader,
  ) {}

  /** The words of the unit's months that are locked, or of which anything was decided. */
  async months({ unit, month }: Omit<AskedHeld, 'limit'>, isWanted: (decisions: MonthDecisions) => boolean) {
    const found: MonthWords[] = [];
    for (const province of unit.code === COUNTRY ? provinces : [unit]) {
      const decided = await this.history.decisions(provinceOf(province), month === undefined ? allMonths : [month]);
      for (const [period, decisions] of decided) {
        if (!isWanted(decisions)) continue;
        found.push(...(await this.history.months(reportersOf(province), windowIndex(period) as number)));
      }
    }
    return found;
  }

  async held(asked: AskedHeld, asker: Principal): Promise<{ total: number; months: object[]; items: object[] }> {
    const all = heldCorrections(await this.months(asked, isLockedNow));
    const shown = all.slice(0, asked.limit);
    const effects = await this.effects(shown, asker);
    return {
      total: all.length,
      months: monthCounts(all),
      items: shown.map((held, n) => ({ ...heldView(held), effect: effects[n] })),
    };
  }

  async decided(asked: AskedHeld): Promise<{ total: number; items: object[] }> {
    const all = decidedCorrections(await this.months(asked, (decisions) => decisions.all.some((one) => 'upTo' in one)));
    return { total: all.length, items: all.slice(0, asked.limit).map(decidedView) };
  }

  private async effects(all: readonly HeldCorrection[], asker: Principal): Promise<object[][]> {
    const years = new Map<string, MonthWords[]>();
    const yearOf = async (held: HeldCorrection): Promise<MonthWords[]> => {
      const unit = reportingUnits[held.unit];
      const year = monthCode(held.month).slice(0, 4);
      const key = `${unit.code}|${year}`;
      const words = years.get(key) ?? (await this.history.months([unit], windowIndex(year) as number));
      years.set(key, words);
      return words;
    };
    const above = await this.figuresAbove(all);
    const effects: object[][] = [];
    for (const held of all) {
      const own = effectOnUnit(held, await yearOf(held));
      effects.push(
        levelsOf(held).flatMap((level) => own.map((effect) => levelView(level, held, effect, above, asker))),
      );
    }
    return effects;
  }

  /** By `unit|window|indicator`. */
  private async figuresAbove(all: readonly HeldCorrection[]) {
    const codes = new Set(all.flatMap(levelsAbove));
    const windows = new Set(all.flatMap(({ month }) => windowsAround(month).map(windowCode)));
    const found = await this.reader.windows([...codes], [...windows]);
    return new Map(
      found.flatMap(({ unit, window, items }) =>
        items.map((rollup) => [`${unit}|${window}|${rollup.indicator}`, rollup] as const),
      ),
    );
  }
}

/** Of each unit's month how many wait, the unit that has waited longest first: of all, however many are shown. */
const monthCounts = (all: readonly HeldCorrection[]): object[] => {
  const counts = new Map<string, { unit: string; period: string; held: number }>();
  for (const { unit, month } of all) {
    const key = `${unit}|${month}`;
    const count = counts.get(key) ?? { unit: reportingUnits[unit].code, period: monthCode(month), held: 0 };
    count.held += 1;
    counts.set(key, count);
  }
  return [...counts.values()];
};

const isLockedNow = (decisions: MonthDecisions): boolean => decisions.lockAt(NOW) !== undefined;

const levelsAbove = ({ unit }: CorrectionPlace): string[] => [provinceOf(reportingUnits[unit]), COUNTRY];

/** A commune's, its province's and the country's; a province's own report has two. */
const levelsOf = (held: CorrectionPlace): string[] => [
  ...new Set([reportingUnits[held.unit].code, ...levelsAbove(held)]),
];

type Above = ReadonlyMap<string, Parameters<typeof effectAbove>[1]>;

/** What the caller may not see of a level is left out; the difference he knows from his own. */
const levelView = (level: string, held: HeldCorrection, own: FigureEffect, above: Above, asker: Principal): object => {
  const unit = reportingUnits[held.unit];
  const { window, difference } = own;
  if (level === unit.code && unit.level === 'commune') return { unit: level, ...own };
  if (!may(asker, 'figures.read', level)) return { unit: level, window, difference };
  const figure = above.get(`${level}|${window}|${indicators[held.indicator].code}`);
  return { unit: level, ...effectAbove(own, figure, held.indicator) };
};

const placeView = (place: CorrectionPlace) => ({
  id: correctionId(place),
  unit: reportingUnits[place.unit].code,
  indicator: indicators[place.indicator].code,
  period: monthCode(place.month),
});

const heldView = (held: HeldCorrection): object => ({
  ...placeView(held),
  before: held.before === undefined ? null : cellFigureOf(held.before),
  after: cellFigureOf(held.word),
  receivedAt: new Date(held.upTo).toISOString(),
  event: eventView(held.word),
});

/** What was decided of a correction. */
export const decisionView = ({ decision, ...place }: Omit<DecidedCorrection, 'word'>): object => {
  const { type, reason, receivedAt, by } = decision;
  const decided = {
    decision: type === 'correction.accepted' ? 'accepted' : 'refused',
    ...(reason === undefined ? {} : { reason }),
    at: new Date(receivedAt).toISOString(),
    by,
  };
  return { ...placeView(place), decided };
};

const decidedView = (found: DecidedCorrection): object => ({
  ...decisionView(found),
  after: found.word === undefined ? null : cellFigureOf(found.word),
  receivedAt: new Date(found.upTo).toISOString(),
  event: found.word === undefined ? null : eventView(found.word),
});

const eventView = (report: Report): object => ({
  id: report.id,
  revision: report.revision,
  time: instantText(report),
});
