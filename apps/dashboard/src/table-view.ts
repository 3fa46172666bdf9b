/**
 * The table of a unit's children: each with its indicators, their targets, and the same indicators in the window before.
 *
 * What every child said in a window is read at once, so a table costs two reads, and a third where a plan asks for growth over the year before.
 */
import { Injectable } from '@nestjs/common';
import {
  childrenOf,
  gapOf,
  ictDay,
  indicators,
  planOf,
  previousWindow,
  unitOn,
  windowIndex,
  windowYear,
  type Rollup,
  type Unit,
} from '#domain';
import { HistoryReader, RollupReader, type StoredRollup } from '#store';
import { figuresAsOf, figuresOfNow, type FigureSource } from './figure-source.js';
import type { indicatorGroups } from './parameters.js';
import { needsYearBefore, withTargets, type RollupItem } from './rollup-view.js';

export type Group = (typeof indicatorGroups)[number];

type ByUnit = ReadonlyMap<string, readonly StoredRollup[]>;
const nothing: ByUnit = new Map();

const ofGroup = (group: Group | undefined): ReadonlySet<string> =>
  new Set(indicators.filter((each) => group === undefined || each.group === group).map(({ code }) => code));

@Injectable()
export class TableView {
  private readonly now: FigureSource;

  constructor(
    reader: RollupReader,
    private readonly history: HistoryReader,
  ) {
    this.now = figuresOfNow(reader);
  }

  /** One row for each child, with what exists of the group's indicators. @param at as of which instant; undefined: now */
  async rows(unit: Unit, window: number, group: Group | undefined, now: number, at?: number): Promise<unknown[]> {
    const source = at === undefined ? this.now : figuresAsOf(this.history, at);
    const earlier = previousWindow(window);
    const [found, before] = await Promise.all([
      source.ofChildren(unit, window),
      earlier === undefined ? nothing : source.ofChildren(unit, earlier),
    ]);
    const yearBefore = await yearBeforeOf(source, unit, window, found);
    const codes = ofGroup(group);
    const day = ictDay(now);
    return childrenOf(unit.code).map((child) => {
      const wanted = (found.get(child.code) ?? []).filter(({ indicator }) => codes.has(indicator));
      const items = withTargets(child, window, wanted, yearBefore.get(child.code) ?? []);
      return {
        unit: child.code,
        name: unitOn(child, day).fullName,
        hasPlan: planOf(child.code) !== undefined,
        items: items.map((item) => cellOf(item, before.get(child.code))),
      };
    });
  }
}

const figureOf = ({ numerator, denominator, value, percent }: Rollup) => ({ numerator, denominator, value, percent });

const cellOf = (item: RollupItem, before: readonly Rollup[] | undefined) => {
  const { indicator, reporting, target, attained } = item;
  const earlier = before?.find((rollup) => rollup.indicator === indicator);
  return {
    indicator,
    ...figureOf(item),
    reporting,
    target,
    attained,
    gap: gapOf(target, item),
    before: earlier === undefined ? null : figureOf(earlier),
  };
};

/** The children's whole year before, where the plan of one asks for growth of what it has reported. */
const yearBeforeOf = async (source: FigureSource, unit: Unit, window: number, found: ByUnit): Promise<ByUnit> => {
  const year = windowYear(window);
  const isNeeded = childrenOf(unit.code).some((child) => needsYearBefore(child, year, found.get(child.code) ?? []));
  const before = isNeeded ? windowIndex(String(year - 1)) : undefined;
  return before === undefined ? nothing : source.ofChildren(unit, before);
};
