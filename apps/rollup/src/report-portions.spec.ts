import fc from 'fast-check';
import { encodeCommuneReports } from '#contracts';
import { indicators, layout, MONTHS, reportingUnits, type Report } from '#domain';
import { inPortions, USUAL_PORTION } from './report-portions.js';

const head = { g: 1, from: 0, behind: 0, counts: { read: 0, superseded: 0, repeated: 0, refused: 0 } };
const HALF_OF_THE_TOPICS_LIMIT = 4 * 1_048_576;

/** The largest ids, times and figures that the checks let through, and usual ones. */
const anyReport = fc
  .record({
    unit: fc.nat(reportingUnits.length - 1),
    indicator: fc.nat(indicators.length - 1),
    month: fc.nat(MONTHS - 1),
    revision: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    seconds: fc.integer({ min: -62_000_000_000, max: 253_000_000_000 }),
    fraction: fc.constantFrom('', '5', '1'.repeat(19)),
    id: fc.constantFrom('01JD7Z0Q3S8Y4N6V2B1C5D9E7F', '\u0001'.repeat(256), 'ộ'.repeat(85), '"'.repeat(256)),
    receivedAt: fc.integer({ min: 1, max: 253_000_000_000_000 }),
  })
  .map((report): Report => {
    const figure = Array<number>(layout[report.indicator].width).fill(1_000_000_000_000);
    return { ...report, figure };
  });

describe('portions of reports', () => {
  it('hold every report once, in order, and are never larger than half of what the topic takes', () => {
    fc.assert(
      fc.property(
        fc.array(anyReport, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 1, max: 120 }),
        (some, times) => {
          const reports = Array.from({ length: times }, () => some).flat();
          const portions = inPortions(reports);
          expect(portions.flat()).toEqual(reports);
          for (const portion of portions)
            expect(Buffer.byteLength(encodeCommuneReports(head, portion))).toBeLessThan(HALF_OF_THE_TOPICS_LIMIT);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of usual reports are cut by number alone; without reports there is one, empty', () => {
    const [report] = fc.sample(anyReport, 1);
    const usual = Array<Report>(2_500).fill({ ...report, id: '01JD7Z0Q3S8Y4N6V2B1C5D9E7F' });
    expect(inPortions(usual).map(({ length }) => length)).toEqual([USUAL_PORTION, USUAL_PORTION, 500]);
    expect(inPortions([])).toEqual([[]]);
  });
});
