import { chained, type AuditEntry, type ChainedEntry } from '#contracts';
import { sha256 } from '#service';
import { chainFaults, digestFault } from './verify-audit.js';

const hash = (text: string) => sha256(Buffer.from(text));
const entry = (n: number): AuditEntry => ({
  id: `e${n}`,
  what: 'sign-in',
  who: null,
  unit: null,
  at: '2026-11-28T05:00:00.000Z',
  from: null,
  outcome: 'done',
});
const chainOf = (entries: readonly AuditEntry[]): ChainedEntry[] => {
  const chain: ChainedEntry[] = [];
  for (const [n, each] of entries.entries()) chain.push(chained(each, String(n), chain.at(-1), hash));
  return chain;
};
const texts = (chain: readonly ChainedEntry[]) => new Map([[2, chain.map((each) => JSON.stringify(each))]]);
const chain = chainOf([1, 2, 3, 4].map(entry));
const digest = { day: '2026-11-28', at: '2026-11-28T17:00:30.000Z', heads: { 2: { n: 3, hash: chain[2].hash } } };

describe('npm run verify-audit', () => {
  it('names the first fault of a partition', () => {
    expect(chainFaults(texts(chain))).toEqual([]);
    expect(chainFaults(texts(chain.slice(1)))).toEqual(['topic: partition 2, entry 1: removed']);
  });

  it('finds a chain that was made anew whole, by the digest of a day', () => {
    const forged = chainOf([entry(1), { ...entry(2), outcome: 'failed' }, entry(3), entry(4)]);
    expect(chainFaults(texts(forged))).toEqual([]);
    expect(digestFault(digest, texts(chain))).toBeUndefined();
    expect(digestFault(digest, texts(forged))).toBe('digest of 2026-11-28: partition 2, entry 3 is another');
    expect(digestFault(digest, texts(chain.slice(0, 2)))).toContain('entry 3 is another');
  });
});
