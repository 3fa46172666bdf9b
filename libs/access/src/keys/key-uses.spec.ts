import { setImmediate as turn } from 'node:timers/promises';
import type { OutRecord } from '#kafka';
import { KeyUses } from './key-uses.js';

const NOW = Date.parse('2026-03-14T00:00:00Z');
const MINUTE = 60_000;

const noting = (isAway = false) => {
  const sent: OutRecord[] = [];
  const sender = {
    send: (records: readonly OutRecord[]) => {
      sent.push(...records);
      return isAway ? Promise.reject(new Error('away')) : Promise.resolve();
    },
  };
  return { uses: new KeyUses(sender, 't'), sent };
};

describe('the uses of keys', () => {
  it('are noted once in a quarter of an hour for each key', () => {
    const { uses, sent } = noting();
    for (const minutes of [0, 1, 14]) uses.noted('a', NOW + minutes * MINUTE);
    uses.noted('b', NOW);
    uses.noted('a', NOW + 15 * MINUTE);
    const at = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString();
    expect(
      sent.map(({ key, value }) => [key, (JSON.parse(String(value)) as { lastUsedAt: string }).lastUsedAt]),
    ).toEqual([
      ['a', at(0)],
      ['b', at(0)],
      ['a', at(15)],
    ]);
  });

  it('are noted again a minute after Kafka was away, and nobody who asks learns of it', async () => {
    const { uses, sent } = noting(true);
    uses.noted('a', NOW);
    await turn();
    uses.noted('a', NOW + MINUTE - 1);
    expect(sent).toHaveLength(1);
    uses.noted('a', NOW + MINUTE);
    expect(sent).toHaveLength(2);
    await turn();
  });
});
