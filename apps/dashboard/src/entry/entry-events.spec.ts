import { checkEvent, ANY_KEY, isRefusal, quietIndicators, reportsOf, type Accepted } from '#domain';
import { aReport } from '../../../../test/kit/builders.js';
import { eventsOf, faultsOf, greatest, nextRevisions, revisionsOf, seenOf, type Entry } from './entry-events.js';

const NOW = Date.parse('2026-04-10T03:00:00Z');
const place = {
  unit: '00004',
  level: 'commune',
  period: '2026-03',
  id: 'e1',
  time: '2026-04-10T03:00:00.000Z',
} as const;
const cells: Entry = {
  cells: [
    { indicator: 'c', seen: 2, figure: { numerator: 12, denominator: 30 } },
    { indicator: 'jobs', seen: 0, figure: { value: 3 } },
    { indicator: 'd', seen: 1, figure: null },
  ],
};
const quiet: Entry = { nothingArose: true, cells: [{ indicator: 'jobs', seen: 4 }] };
const made = (entry: Entry) => eventsOf(entry, place, nextRevisions(entry, seenOf(entry, 'commune').keys(), { c: 2 }));
const taken = (event: object): Accepted => {
  const text = JSON.stringify(event);
  const outcome = checkEvent({ bytes: text.length, text, key: ANY_KEY, receivedAt: NOW });
  if (isRefusal(outcome)) throw new Error(outcome.detail);
  return outcome;
};

describe('events of what is typed', () => {
  it('are reports of the next revision, and retractions of what was emptied', () => {
    const reports = made(cells).flatMap(({ event }) => reportsOf(taken(event)));
    expect(reports.map(({ id, revision, figure }) => [id, revision, figure])).toEqual([
      ['e1.c', 3, [12, 30]],
      ['e1.jobs', 1, [3]],
      ['e1.d', 1, null],
    ]);
  });

  it('are one event where nothing arose, which no cell that it is of outranks', () => {
    expect(quietIndicators('commune')).toHaveLength(11);
    const before = { jobs: 4, loans: 9, c: 20 };
    const seen = seenOf(quiet, 'commune');
    const [{ event, cells: of }] = eventsOf(quiet, place, nextRevisions(quiet, seen.keys(), before));
    expect(of).toEqual(quietIndicators('commune'));
    expect(new Set(reportsOf(taken(event)).map(({ revision }) => revision))).toEqual(new Set([10]));
    // Where the form showed nothing of a cell, nothing is what was seen of it.
    expect([seen.get('jobs'), seen.get('loans')]).toEqual([4, 0]);
  });

  it('are judged by the check that every event meets, with the cell that is wrong', () => {
    expect(faultsOf(made(cells), NOW)).toEqual([]);
    const wrong: Entry = {
      cells: [
        { indicator: 'c', seen: 0, figure: { numerator: 31, denominator: 30 } },
        { indicator: 'e', seen: 0, figure: { numerator: 1, denominator: 2 } },
        { indicator: 'jobs', seen: 0, figure: { value: 1.5 } },
        { indicator: 'a', seen: 0, figure: { numerator: 1, denominator: 1 } },
      ],
    };
    expect(faultsOf(made(wrong), NOW).map(({ indicator, code, pointer }) => [indicator, code, pointer])).toEqual([
      ['c', 'NUMERATOR_EXCEEDS_DENOMINATOR', '/data/numerator'],
      ['e', 'BREAKDOWN_INVALID', '/data/breakdown'],
      ['jobs', 'SCHEMA', '/data/value'],
      ['a', 'LEVEL_NOT_ALLOWED', '/data/indicator'],
    ]);
    const early = eventsOf(
      quiet,
      { ...place, period: '2026-05' },
      nextRevisions(quiet, quietIndicators('commune'), {}),
    );
    expect(faultsOf(early, NOW)).toMatchObject([{ indicator: null, code: 'FUTURE_PERIOD' }]);
  });

  it('follow the greatest revision that was ever said, also of a cell that was taken back', () => {
    const words = [aReport({ revision: 2 }), aReport({ revision: 5, figure: null }), aReport({ indicator: 'd' })];
    expect(revisionsOf(words)).toEqual({ c: 5, d: 1 });
    expect(greatest({ c: 5, d: 1 }, { d: 3, jobs: 1 })).toEqual({ c: 5, d: 3, jobs: 1 });
  });
});
