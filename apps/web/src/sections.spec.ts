/** The catalogue in sections. */
import catalogue from '../../../libs/domain/src/data/catalogue.json';
import type { Indicator } from './api';
import { sectionsOf } from './sections';

const indicators = catalogue.indicators as Indicator[];

describe('the sections of the catalogue', () => {
  it('have every indicator once, each in a section of the plans', () => {
    const sections = sectionsOf(indicators);
    expect(sections.map(({ name, indicators: { length } }) => `${name} ${length}`)).toEqual([
      'targets 8',
      'people 4',
      'areas 2',
      'facilities 2',
      'training 3',
      'livelihood 4',
      'media 1',
      'inspection 3',
      'budget 2',
    ]);
    const codes = sections.flatMap((section) => section.indicators.map(({ code }) => code));
    expect([codes.length, new Set(codes).size]).toEqual([29, 29]);
  });

  it('lose none whose section is not known', () => {
    const strange = indicators.slice(0, 1).map((indicator) => ({ ...indicator, source: 'VII' }));
    expect(sectionsOf(strange).map(({ name }) => name)).toEqual(['other']);
  });
});
