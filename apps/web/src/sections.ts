/** The catalogue by the sections of the provincial plans, in an order to read: targets first, money last. */
import type { Indicator } from './api';

const sources = {
  targets: ['II.2'],
  people: ['II.1', 'III.1'],
  areas: ['I.6'],
  facilities: ['IV.1', 'IV.2'],
  training: ['IV.3'],
  livelihood: ['IV.4.a', 'IV.4.b'],
  media: ['IV.4.d'],
  inspection: ['IV.5'],
  budget: ['V'],
} as const;

type SectionName = keyof typeof sources | 'other';

export interface Section {
  name: SectionName;
  indicators: Indicator[];
}

const nameOf = ({ source }: Pick<Indicator, 'source'>): SectionName => {
  const [first = ''] = source.split(',');
  const found = Object.entries(sources).find(([, parts]) =>
    parts.some((part) => first === part || first.startsWith(`${part}.`)),
  );
  return (found?.[0] as SectionName | undefined) ?? 'other';
};

/** Sections that have an indicator; each indicator in one, in the catalogue's order. */
export const sectionsOf = (indicators: Iterable<Indicator>): Section[] => {
  const all = [...indicators];
  return [...(Object.keys(sources) as SectionName[]), 'other' as const]
    .map((name) => ({ name, indicators: all.filter((indicator) => nameOf(indicator) === name) }))
    .filter((section) => section.indicators.length > 0);
};
