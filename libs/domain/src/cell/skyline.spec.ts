import fc from 'fast-check';
import { aReport, type ReportFields } from '../../../../test/kit/builders.js';
import { compareReports, type Report } from './cell.js';
import { firstReceived, mergeSkylines, skylineOf, withReport, wordAt, type Skyline } from './skyline.js';

const oneByOne = (reports: readonly Report[]): Skyline => reports.reduce(withReport, []);

/** Reports of one cell of which several have the same rank, and several the same receipt. */
const arbitraryReport = fc
  .record({
    revision: fc.integer({ min: 1, max: 4 }),
    id: fc.constantFrom('a', 'b'),
    figure: fc.constantFrom([12, 30], null),
    receivedAt: fc.integer({ min: 1, max: 9 }),
  })
  .map((fields) => aReport(fields));
const reportsOfACell = fc.array(arbitraryReport, { maxLength: 12 });

/** The definition, word for word: of all reports received by an instant the one of the greatest rank. */
const plainWordAt = (reports: readonly Report[], at: number): Report | undefined => {
  const known = reports.filter(({ receivedAt }) => receivedAt <= at);
  return known.find((one) => known.every((other) => compareReports(one, other) >= 0));
};
/** An event that comes again is the same event, and its earliest receipt counts. */
const saidBy = (report: Report | undefined) => report && { ...report, receivedAt: undefined };
const instants = Array.from({ length: 11 }, (_, at) => at);

describe('the skyline of a cell', () => {
  it('says as of every instant what the definition says of all reports', () => {
    fc.assert(
      fc.property(reportsOfACell, (reports) => {
        const skyline = oneByOne(reports);
        for (const at of instants) expect(saidBy(wordAt(skyline, at))).toEqual(saidBy(plainWordAt(reports, at)));
      }),
      { numRuns: 1000 },
    );
  });

  it('holds those reports alone that are the word at some instant, from the first at which they are', () => {
    fc.assert(
      fc.property(reportsOfACell, (reports) => {
        const turns = instants.flatMap((at) => {
          const [is, was] = [plainWordAt(reports, at), plainWordAt(reports, at - 1)];
          const isNew = is !== undefined && (was === undefined || compareReports(is, was) !== 0);
          return isNew ? [{ ...is, receivedAt: at }] : [];
        });
        expect(oneByOne(reports)).toEqual(turns);
      }),
      { numRuns: 1000 },
    );
  });

  it('ends the same whatever the order and however often reports come', () => {
    const twice = reportsOfACell.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
    );
    fc.assert(
      fc.property(twice, ([all, shuffled]) => expect(oneByOne(shuffled)).toEqual(oneByOne(all))),
      { numRuns: 1000 },
    );
  });

  it('is what the skylines of any two parts make, merged either way', () => {
    fc.assert(
      fc.property(reportsOfACell, reportsOfACell, (some, others) => {
        const whole = oneByOne([...some, ...others]);
        expect(mergeSkylines(oneByOne(some), oneByOne(others))).toEqual(whole);
        expect(mergeSkylines(oneByOne(others), oneByOne(some))).toEqual(whole);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same made of all at once', () => {
    fc.assert(
      fc.property(reportsOfACell, (reports) => expect(skylineOf(reports)).toEqual(oneByOne(reports))),
      { numRuns: 1000 },
    );
  });

  it('stays the same object where a report is never the word', () => {
    const skyline = oneByOne([aReport({ revision: 2, receivedAt: 5 })]);
    expect(withReport(skyline, aReport({ revision: 1, receivedAt: 5 }))).toBe(skyline);
    expect(withReport(skyline, aReport({ revision: 2, receivedAt: 6 }))).toBe(skyline);
  });
});

describe('the first receipt of a cell', () => {
  const [live, gone]: ReportFields[] = [{ figure: [1, 2] }, { figure: null }];

  it.each<[string, number, readonly ReportFields[]]>([
    ['is that of its first figure, whatever corrects it', 3, [{ receivedAt: 3 }, { revision: 2, receivedAt: 9 }]],
    ['is the earlier one of an event that came twice', 3, [{ receivedAt: 7 }, { receivedAt: 3 }]],
    ['is not undone by taking it back', 3, [{ receivedAt: 3 }, { ...gone, revision: 2, receivedAt: 9 }]],
    [
      'is not that of a retraction',
      9,
      [
        { ...gone, receivedAt: 3 },
        { ...live, revision: 2, receivedAt: 9 },
      ],
    ],
    [
      'is not that of a figure taken back before it came',
      9,
      [
        { ...gone, revision: 2, receivedAt: 3 },
        { ...live, receivedAt: 5 },
        { ...live, revision: 3, receivedAt: 9 },
      ],
    ],
    ['is none where only retractions came', 0, [{ ...gone, receivedAt: 3 }]],
  ])('%s', (_, expected, reports) => expect(firstReceived(oneByOne(reports.map(aReport)))).toBe(expected));
});
