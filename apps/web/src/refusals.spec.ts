import { readFileSync } from 'node:fs';
import { groupedRefusals } from './refusals';
import { vi } from './vi';
import { en } from './en';

/** As the domain writes them; the page loads nothing of the services' own. */
const [, listed] =
  /refusalCodes = \[(.*?)\] as const/s.exec(readFileSync('libs/domain/src/event/refusal.ts', 'utf8')) ?? [];
const refusalCodes = [...(listed ?? '').matchAll(/'([^']+)'/g)].map(([, code]) => code);

const refusal = (unit: string | undefined, code: string, pointer: string, receivedAt: string) => ({
  ...(unit !== undefined && { unit }),
  code,
  pointer,
  detail: '',
  origin: 'http' as const,
  receivedAt,
});

test('refusals of one unit and reason are one row, with each place once and when the last came', () => {
  const rows = groupedRefusals([
    refusal('00004', 'SCHEMA', '/data/value', '2026-03-01T00:00:00Z'),
    { ...refusal('00004', 'SCHEMA', '/data/numerator', '2026-03-03T00:00:00Z'), mendedAt: '2026-03-05T00:00:00Z' },
    refusal('00004', 'SCHEMA', '/data/value', '2026-03-02T00:00:00Z'),
    refusal(undefined, 'MALFORMED_JSON', '', '2026-03-04T00:00:00Z'),
    refusal('00008', 'SCHEMA', '/data/value', '2026-02-01T00:00:00Z'),
  ]);
  expect(rows).toEqual([
    { unit: undefined, code: 'MALFORMED_JSON', pointers: [], count: 1, mended: 0, lastAt: '2026-03-04T00:00:00Z' },
    {
      unit: '00004',
      code: 'SCHEMA',
      pointers: ['/data/numerator', '/data/value'],
      count: 3,
      mended: 1,
      lastAt: '2026-03-03T00:00:00Z',
    },
    { unit: '00008', code: 'SCHEMA', pointers: ['/data/value'], count: 1, mended: 0, lastAt: '2026-02-01T00:00:00Z' },
  ]);
});

test('every reason has words in both languages for what to mend', () => {
  expect(refusalCodes.length).toBeGreaterThan(10);
  for (const words of [vi.refusals.mend, en.refusals.mend])
    expect(Object.keys(words).sort()).toEqual(refusalCodes.sort());
});
