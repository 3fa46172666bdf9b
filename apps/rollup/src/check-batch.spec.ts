import fc from 'fast-check';
import { withReport, type Report } from '#domain';
import type { KafkaMessage } from '#kafka';
import { anEvent, aQuietMonth } from '../../../test/kit/builders.js';
import { reduceBatch } from './check-batch.js';

const APRIL = Date.parse('2026-04-01T00:00:00Z');

/** An event of the one cell, as the broker hands it over. */
const message = (revision: number, receivedAt: number, id = 'event-1'): KafkaMessage =>
  messageOf(anEvent({ id, data: { revision } }), receivedAt);

const messageOf = (event: unknown, receivedAt: number): KafkaMessage =>
  ({
    offset: '0',
    key: Buffer.from('00004'),
    value: Buffer.from(JSON.stringify(event)),
    headers: {},
    timestamp: String(APRIL + receivedAt),
  }) as unknown as KafkaMessage;

const passedOn = (messages: readonly KafkaMessage[]): readonly Report[] =>
  [...reduceBatch(messages).byProvince.values()].flat();
const receipts = (messages: readonly KafkaMessage[]) =>
  passedOn(messages).map(({ revision, receivedAt }) => [revision, receivedAt - APRIL]);

describe('a batch of the check stage', () => {
  it('passes on the receipt that the broker gave, whatever the sender says of the time', () => {
    expect(receipts([message(1, 7)])).toEqual([[1, 7]]);
  });

  it('passes on what was the word of a cell before, and counts it as no other', () => {
    const messages = [message(1, 1), message(2, 2), message(1, 3), message(2, 4)];
    expect(receipts(messages)).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(reduceBatch(messages).counts).toEqual({ read: 4, superseded: 0, repeated: 2, refused: 0 });
  });

  it('of a report that comes again keeps the earlier receipt', () => {
    expect(receipts([message(1, 5), message(1, 2)])).toEqual([[1, 2]]);
  });

  it('counts each report that nothing arose, and passes over those that are outranked', () => {
    const quiet = messageOf(aQuietMonth({ revision: 2 }), 1);
    const cell = { indicator: 'jobs', numerator: undefined, denominator: undefined };
    const [jobs, before] = [3, 1].map((revision) => messageOf(anEvent({ data: { ...cell, revision, value: 5 } }), 1));
    const { counts } = reduceBatch([quiet, jobs, quiet, before]);
    expect(counts).toEqual({ read: 24, superseded: 3, repeated: 10, refused: 0 });
    const figures = passedOn([quiet, jobs, quiet, before]).map(({ indicator, figure }) => [indicator, figure]);
    expect(figures).toHaveLength(11);
    expect(figures.filter(([, figure]) => String(figure) !== '0')).toEqual([[20, [5]]]);
  });

  it('passes on the skyline of each cell, and everything adds up', () => {
    const arrivals = fc.array(
      fc.record({ revision: fc.integer({ min: 1, max: 3 }), at: fc.nat(6), id: fc.constantFrom('a', 'b') }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(arrivals, (all) => {
        const messages = all.map(({ revision, at, id }) => message(revision, at, id));
        const each = messages.flatMap((one) => passedOn([one]));
        const skyline = each.reduce(withReport, []);
        expect(passedOn(messages)).toEqual(skyline);
        const { counts } = reduceBatch(messages);
        expect(counts.read).toBe(skyline.length + counts.superseded + counts.repeated);
      }),
      { numRuns: 300 },
    );
  });
});
