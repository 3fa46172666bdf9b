import fc from 'fast-check';
import { aReport } from '../../../test/kit/builders.js';
import { arbitraryReport } from '../../../test/kit/workload.js';
import { indicators, monthCode, reportingUnits, type Report } from '#domain';
import { decodeCommuneRollup, encodeCommuneRollup, reportsOfCommuneRollup } from './commune-rollups.js';
import { NewerRecord } from './record-version.js';
import { readUnitMonth } from './unit-month-reader.js';

const GENERATION = 3;
const WRITTEN_AT = 1_773_499_999_000;

/** A record of the first report's unit and month; all but the first of an indicator are what its cell's word was before and after. */
const recordOf = (reports: readonly Report[]): Buffer => {
  const [{ unit, month }] = reports;
  const held = indicators.flatMap((_, n) => reports.find(({ indicator }) => indicator === n) ?? []);
  const others = held.flatMap((word) => reports.filter((report) => report !== word && isOfCell(report, word)));
  const [earlier, later] = [0, 1].map((odd) => others.filter(({ revision }) => revision % 2 === odd));
  const names = { unit: reportingUnits[unit].code, month: monthCode(month) };
  return Buffer.from(encodeCommuneRollup({ g: GENERATION, more: false }, { ...names, reports: held, earlier, later }));
};

const isOfCell = (a: Report, b: Report) => a.indicator === b.indicator;

const generalReader = (value: Buffer): readonly Report[] | undefined => {
  const rollup = decodeCommuneRollup(value.toString(), GENERATION);
  return rollup && reportsOfCommuneRollup(rollup, WRITTEN_AT);
};

const outcomeOf = (read: () => readonly Report[] | undefined) => {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
};

const arbitraryMonth = fc.array(arbitraryReport, { minLength: 1, maxLength: 30 });

describe("a unit's month read back", () => {
  it('says what the general reader says, whatever is in it', () => {
    fc.assert(
      fc.property(arbitraryMonth, fc.string({ unit: 'binary' }), (reports, id) => {
        const value = recordOf(reports.map((report, n) => (n % 2 === 0 ? { ...report, id } : report)));
        expect(readUnitMonth(value, GENERATION, WRITTEN_AT)).toEqual(generalReader(value));
      }),
    );
  });

  it('says what the general reader says of one that is damaged', () => {
    fc.assert(
      fc.property(arbitraryMonth, fc.nat(), fc.constantFrom(...'"\\,{}[]0:-.1né'), (reports, place, sign) => {
        const text = recordOf(reports).toString();
        const at = place % text.length;
        const damaged = Buffer.from(text.slice(0, at) + sign + text.slice(at + 1));
        expect(outcomeOf(() => readUnitMonth(damaged, GENERATION, WRITTEN_AT))).toEqual(
          outcomeOf(() => generalReader(damaged)),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('makes no text of the whole record where that is spelled as usual', () => {
    const id = '01JD7Z0Q3S8Y4N6V2B1C5D9E7F';
    const value = recordOf([aReport({ id }), aReport({ id, figure: null }), aReport({ id, receivedAt: 1 })]);
    const toString = jest.spyOn(value, 'toString');
    expect(readUnitMonth(value, GENERATION, WRITTEN_AT)).toHaveLength(3);
    expect(toString).not.toHaveBeenCalledWith();
  });

  it('passes over another generation, and stops at a newer version', () => {
    const value = recordOf([aReport({})]);
    const newer = Buffer.from(value.toString().replace('"v":3', '"v":4'));
    expect(readUnitMonth(value, GENERATION + 1, WRITTEN_AT)).toBeUndefined();
    expect(() => readUnitMonth(newer, GENERATION, WRITTEN_AT)).toThrow(NewerRecord);
  });
});
