/**
 * What a new revision of a summary changes: every entry of the country and the provinces that is no longer what it was.
 *
 * The revision before may have been read back from its JSON; entries are compared as they are written there.
 */
import { toExactJson } from '../exact/exact-json.js';
import type { SummaryChange, SummaryContent } from './summary.types.js';
import { COUNTRY } from '../reference/unit.js';

type Compared = Pick<SummaryContent, 'completeness' | 'completenessTotal' | 'indicators' | 'appendix'>;

/** The changes: the country's indicators, the provinces' indicators, then completeness. */
export const changesBetween = (earlier: Compared, later: Compared): SummaryChange[] => {
  const before = entriesOf(earlier);
  return [...entriesOf(later)].flatMap(([key, { unit, indicator, entry }]) => {
    const held = before.get(key)?.entry ?? null;
    return toExactJson(held) === toExactJson(entry) ? [] : [{ unit, indicator, before: held, after: entry }];
  });
};

interface Entry {
  readonly unit: string;
  readonly indicator: string | null;
  readonly entry: unknown;
}

const entriesOf = ({ completeness, completenessTotal, indicators, appendix }: Compared): Map<string, Entry> => {
  const entries = [
    ...indicators.map(({ indicator, name: _name, kind: _kind, ...entry }) => ({ unit: COUNTRY, indicator, entry })),
    ...appendix.flatMap(({ unit, items }) => items.map(({ indicator, ...entry }) => ({ unit, indicator, entry }))),
    { unit: COUNTRY, indicator: null, entry: completenessTotal },
    ...completeness.map(({ unit, name: _name, ...entry }) => ({ unit, indicator: null, entry })),
  ];
  return new Map(entries.map((entry) => [`${entry.unit}|${entry.indicator ?? ''}`, entry]));
};
