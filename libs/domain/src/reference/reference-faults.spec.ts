import { reference } from './data.js';
import { referenceFaults } from './reference-faults.js';
import type { ReferenceData } from './reference.types.js';

/** Free to be broken anywhere. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loose = any;

describe('reference data', () => {
  /** The data that there is, with something in it changed. */
  const broken = (change: (data: Loose) => void): string[] => {
    const data = structuredClone(reference) as unknown;
    change(data);
    return referenceFaults(data as ReferenceData);
  };

  it('as it is handed out is at odds with itself nowhere', () => expect(referenceFaults(reference)).toEqual([]));

  it.each<[string, (data: Loose) => void, string]>([
    [
      'a code that stands twice',
      ({ catalogue }) => catalogue.indicators.push(catalogue.indicators[0]),
      'indicator a stands twice',
    ],
    [
      'a kind that is not known',
      ({ catalogue }) => (catalogue.indicators[1].kind = 'share'),
      'is of no known kind: share',
    ],
    ['an indicator of nobody', ({ catalogue }) => (catalogue.indicators[1].reported_by = []), 'is reported by nobody'],
    ['a unit that stands twice', ({ units }) => units.rows.push(units.rows[5]), 'a unit stands twice'],
    ['a commune under a commune', ({ units }) => (units.rows.at(-1)[4] = '00004'), 'stands under 00004'],
    ['a change of nobody', ({ units }) => (units.changes[0][0] = '99999'), 'a change names 99999'],
    ['a plan of a commune', ({ plans }) => (plans.plans[0].unit = '00004'), 'a plan is of 00004, which is no province'],
    ['a target for nothing', ({ plans }) => (plans.plans[0].targets.zz = {}), 'a target for zz, which is no indicator'],
    [
      'a month left out',
      ({ calendar }) => calendar.months.splice(3, 1),
      'month 2025-05 of the calendar does not follow',
    ],
    ['deadlines out of order', ({ calendar }) => (calendar.months[0].commune = '2025-01-25'), 'are no days in order'],
  ])('with %s says so', (_, change, fault) => expect(broken(change).join('\n')).toContain(fault));
});
