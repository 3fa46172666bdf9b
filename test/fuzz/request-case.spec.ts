import { ANY_KEY, checkEvent, isRefusal } from '#domain';
import { poolOf } from './grammar.js';
import { RecordCases } from './record-sender.js';
import { RequestCases, routes } from './request-case.js';

describe('the cases of a seed', () => {
  const pool = poolOf(5, 300);
  const cases = new RequestCases(5, pool, { reporter: 'Bearer x', nobody: undefined });
  const some = Array.from({ length: 2_000 }, (_, n) => cases.of(n));

  it('are the same again', () => {
    const again = new RequestCases(5, poolOf(5, 300), { reporter: 'Bearer x', nobody: undefined });
    expect([again.of(7), again.of(1_999)]).toEqual([some[7], some[1_999]]);
    expect(new RecordCases(5, pool).of(3)).toEqual(new RecordCases(5, poolOf(5, 300)).of(3));
  });

  it('come to every route', () => {
    const begins = (path: string) => path.split('/:')[0];
    const missed = routes.filter(
      ({ service, path }) => !some.some((one) => one.service === service && one.path.startsWith(begins(path))),
    );
    expect(missed).toEqual([]);
  });

  it('hold events that are taken and events that are not', () => {
    const outcomeOf = (text: string) =>
      checkEvent({ bytes: Buffer.byteLength(text), text, key: ANY_KEY, receivedAt: Date.UTC(2027, 0) });
    expect(pool.valid.every((text) => !isRefusal(outcomeOf(text)))).toBe(true);
    const codes = pool.changed.map(outcomeOf).map((outcome) => (isRefusal(outcome) ? outcome.code : 'accepted'));
    const kinds = ['accepted', 'MALFORMED_JSON', 'NOT_CLOUDEVENT', 'SCHEMA', 'UNKNOWN_UNIT', 'UNKNOWN_INDICATOR'];
    expect([...new Set(codes)]).toEqual(expect.arrayContaining(kinds));
  });
});
