/**
 * Rollups as the API shows them: the figure, and beside it the target of the unit's own plan and whether it is attained.
 */
import { Injectable } from '@nestjs/common';
import {
  attains,
  childrenOf,
  expectedReporters,
  indicatorIndex,
  indicators,
  planOf,
  targetOf,
  unitOf,
  unitOn,
  windowIndex,
  windowYear,
  ictDay,
  type Rollup,
  type Target,
  type Unit,
} from '#domain';
import { HistoryReader, RollupReader, type StoredRollup } from '#store';
import { figuresAsOf, figuresOfNow, type FigureSource } from './figure-source.js';

export interface RollupItem extends StoredRollup {
  readonly target: Target | null;
  /** Whether the unit has a plan at all: a province without one is shown as "chưa có kế hoạch". */
  readonly hasPlan: boolean;
  readonly attained: boolean | null;
}

/** Whether a unit's plan asks for growth of an indicator over the year before. */
const asksForGrowth = (unit: string, indicator: string, year: number): boolean => {
  const target = targetOf(unit, indicator, year);
  return target !== null && 'trend' in target;
};

export const needsYearBefore = (unit: Unit, year: number, rollups: readonly Rollup[]): boolean =>
  rollups.some(({ indicator }) => asksForGrowth(unit.code, indicator, year));

/** Adds targets. @param yearBefore the rollups of the whole year before, for targets of growth */
export const withTargets = (
  unit: Unit,
  window: number,
  rollups: readonly StoredRollup[],
  yearBefore: readonly Rollup[],
): RollupItem[] => {
  const year = windowYear(window);
  const hasPlan = planOf(unit.code) !== undefined;
  return rollups.map((rollup) => {
    const target = targetOf(unit.code, rollup.indicator, year);
    const before = yearBefore.find(({ indicator }) => indicator === rollup.indicator);
    return { ...rollup, target, hasPlan, attained: attains(target, rollup, before) };
  });
};

@Injectable()
export class RollupView {
  private readonly now: FigureSource;

  constructor(
    reader: RollupReader,
    private readonly history: HistoryReader,
  ) {
    this.now = figuresOfNow(reader);
  }

  /** @param at as of which instant; undefined: now */
  async items(unit: Unit, window: number, at?: number): Promise<RollupItem[]> {
    const source = this.source(at);
    return this.withTargets(source, unit, window, await source.of(unit, window));
  }

  private source(at: number | undefined): FigureSource {
    return at === undefined ? this.now : figuresAsOf(this.history, at);
  }

  /** Adds targets; looks the year before up only where a plan asks for growth. */
  private async withTargets(
    source: FigureSource,
    unit: Unit,
    window: number,
    rollups: readonly StoredRollup[],
  ): Promise<RollupItem[]> {
    const year = windowYear(window);
    const before = needsYearBefore(unit, year, rollups) ? await yearBefore(source, unit, year) : [];
    return withTargets(unit, window, rollups, before);
  }

  /** One row for each child of a unit, reported or not. */
  async children(unit: Unit, window: number, indicator: string, now: number, at?: number): Promise<unknown[]> {
    const children = childrenOf(unit.code);
    const source = this.source(at);
    const rollups = await source.ofChildren(unit, window, indicator);
    const before = await childrenBefore(source, unit, window, indicator);
    const definition = indicators[indicatorIndex(indicator) as number];
    const day = ictDay(now);
    return children.map((child) => {
      const found = rollups.get(child.code)?.find((rollup) => rollup.indicator === indicator);
      const head = { unit: child.code, name: unitOn(child, day).fullName, reported: found !== undefined };
      if (found !== undefined)
        return { ...head, ...withTargets(child, window, [found], before.get(child.code) ?? [])[0] };
      const target = targetOf(child.code, indicator, windowYear(window));
      const reporting = { expected: expectedReporters(child, definition), reported: 0, current: 0 };
      return { ...head, indicator, reporting, target, hasPlan: planOf(child.code) !== undefined, attained: null };
    });
  }
}

/** The children's rollups of the whole year before, read at once, where a child's plan asks for growth. */
const childrenBefore = async (
  source: FigureSource,
  unit: Unit,
  window: number,
  indicator: string,
): Promise<ReadonlyMap<string, readonly Rollup[]>> => {
  const year = windowYear(window);
  const needed = childrenOf(unit.code).some(({ code }) => asksForGrowth(code, indicator, year));
  const before = needed ? windowIndex(String(year - 1)) : undefined;
  return before === undefined ? new Map() : source.ofChildren(unit, before, indicator);
};

const yearBefore = async (source: FigureSource, unit: Unit, year: number): Promise<readonly Rollup[]> => {
  const window = windowIndex(String(year - 1));
  return window === undefined ? [] : source.of(unitOf(unit.code) as Unit, window);
};
