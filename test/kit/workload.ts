/**
 * A reproducible stream of valid reports as fast-check makes them: few units, so that cells collide; any order, any repeats.
 */
import fc from 'fast-check';
import { indicators, layout, reportingUnits, reportingUnitIndex, type Report } from '#domain';

const units = ['00004', '00008', '01', '02647', '15'].map((code) => reportingUnitIndex(code) as number);

const reportersOf = (indicator: number): number[] =>
  units.filter((unit) =>
    indicators[indicator].reported_by.includes(reportingUnits[unit].level as 'commune' | 'province'),
  );

type Part = readonly number[];

const partOf = (fields: number, top: number): fc.Arbitrary<Part> =>
  fc
    .integer({ min: 0, max: top })
    .chain((last): fc.Arbitrary<Part> =>
      fields === 1 ? fc.constant([last]) : fc.integer({ min: 0, max: last }).map((first) => [first, last]),
    );

const figureOf = (indicator: number): fc.Arbitrary<readonly (number | null)[] | null> => {
  const { fields, categories } = layout[indicator];
  const part = partOf(fields.length, indicators[indicator].max_per_unit ?? 1000);
  const parts = fc.array(fc.option(part), { minLength: categories.length, maxLength: categories.length });
  const withParts = parts.map((given): (number | null)[] => {
    if (given.every((one) => one === null)) return fields.map(() => 0);
    const total = fields.map((_, field) => given.reduce((sum, one) => sum + (one?.[field] ?? 0), 0));
    return [...total, ...given.flatMap((one): (number | null)[] => (one === null ? fields.map(() => null) : [...one]))];
  });
  const live: fc.Arbitrary<readonly (number | null)[]> = categories.length === 0 ? part : fc.oneof(withParts, part);
  return fc.oneof({ weight: 6, arbitrary: live }, { weight: 1, arbitrary: fc.constant(null) });
};

/** A valid report, colliding with others in cell, revision, time, id and receipt more often than not. */
export const arbitraryReport: fc.Arbitrary<Report> = fc.constantFrom(...indicators.keys()).chain((indicator) =>
  fc.record({
    indicator: fc.constant(indicator),
    unit: fc.constantFrom(...reportersOf(indicator)),
    month: fc.integer({ min: 10, max: 26 }),
    revision: fc.integer({ min: 1, max: 3 }),
    seconds: fc.constantFrom(1_773_480_600, 1_773_480_601),
    fraction: fc.constantFrom('', '25', '3'),
    id: fc.constantFrom('a', 'b', '\u{1f600}', '\uff21'),
    figure: figureOf(indicator),
    receivedAt: fc.integer({ min: 1_773_480_601_000, max: 1_773_480_601_009 }),
  }),
);
