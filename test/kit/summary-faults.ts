/** What a summary says otherwise than a plain recomputation, of the country and of every province. */
import { provinces, toExactJson, type Rollup } from '#domain';
import type { Reference } from './reference.js';

export type Figures = ReadonlyMap<string, Record<string, unknown>>;
type Item = Record<string, unknown> & { readonly indicator: string };
export interface SummaryFigures {
  readonly cutOff: string;
  readonly indicators: readonly Item[];
  readonly appendix: readonly { readonly unit: string; readonly items: readonly Item[] }[];
}

export const summaryExpected = (reference: Reference, window: string, level: 'VN' | 'province'): Map<string, Rollup> =>
  reference.rollups((unit) => (level === 'VN' ? unit.code === 'VN' : unit.level === 'province'), window);

export const summaryFaults = (
  { indicators: national, appendix }: SummaryFigures,
  window: string,
  reference: Reference,
): string[] => {
  const said = new Map(national.map((item) => [`VN|${window}|${item.indicator}`, item]));
  const missing = provinces.filter(({ code }) => !appendix.some(({ unit }) => unit === code));
  const provincial = appendix.flatMap(({ unit, items }) =>
    items.map((item) => [`${unit}|${window}|${item.indicator}`, item] as const),
  );
  return [
    ...missing.map(({ code }) => `${code} is missing`),
    ...differences(said, summaryExpected(reference, window, 'VN')),
    ...differences(new Map(provincial), summaryExpected(reference, window, 'province')),
  ];
};

/** Figures that are not as expected; one of which nothing is reported may stand there as such. */
export const differences = (said: Figures, expected: ReadonlyMap<string, Rollup>): string[] =>
  [...new Set([...said.keys(), ...expected.keys()])].flatMap((key) => {
    const found = said.get(key);
    const wanted = expected.get(key) as unknown as Record<string, unknown> | undefined;
    if (wanted === undefined) {
      const { reported } = (found?.reporting ?? { reported: 0 }) as { reported: number };
      return reported === 0 ? [] : [`${key} is not expected`];
    }
    const isSame = Object.keys(wanted).every((name) => toExactJson(found?.[name]) === toExactJson(wanted[name]));
    return isSame ? [] : [`${key}: ${toExactJson(found)} instead of ${toExactJson(wanted)}`];
  });
