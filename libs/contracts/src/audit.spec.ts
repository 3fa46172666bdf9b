import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  canonicalJson,
  chained,
  firstChainFault,
  type AuditEntry,
  type ChainedEntry,
  type ChainHead,
} from './audit.js';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const anEntry = (n: number): AuditEntry => ({
  id: `entry-${n}`,
  what: 'figures.read',
  who: { id: 'key-1', name: 'Phân tích', kind: 'key', roles: ['analyst'], unit: '01' },
  unit: '00004',
  at: '2026-11-28T05:00:00.000Z',
  from: '10.0.0.1',
  outcome: 'allowed',
});
const chainOf = (length: number): ChainedEntry[] => {
  const chain: ChainedEntry[] = [];
  let head: ChainHead | undefined;
  for (let n = 0; n < length; n += 1) chain.push((head = chained(anEntry(n), String(n), head, hash) as ChainedEntry));
  return chain;
};
const texts = (chain: readonly object[]) => chain.map((each) => JSON.stringify(each));
const faultOf = (chain: readonly object[]) => firstChainFault(texts(chain), hash);

describe('the chain of audit entries', () => {
  const chain = chainOf(9);
  const without = (at: number) => chain.filter((_, n) => n !== at);

  it('is whole as it was written, however its members are ordered', () => {
    expect(faultOf(chain)).toBeUndefined();
    const turned = chain.map((each) => Object.fromEntries(Object.entries(each).reverse()));
    expect(faultOf(turned)).toBeUndefined();
  });

  it('names the first entry that was altered, whatever of it', () => {
    const edits: ((each: ChainedEntry) => object)[] = [
      (each) => ({ ...each, entry: { ...each.entry, unit: '00008' } }),
      (each) => ({ ...each, entry: { ...each.entry, who: null } }),
      (each) => ({ ...each, entry: { ...each.entry, at: '2026-11-28T05:00:01.000Z' } }),
      (each) => ({ ...each, entry: { ...each.entry, facts: { a: 'b' } } }),
      (each) => ({ ...each, source: '77' }),
      (each) => ({ ...each, before: hash('x') }),
      (each) => ({ ...each, hash: hash('x') }),
    ];
    for (const edit of edits) {
      const altered = chain.map((each, at) => (at === 4 ? edit(each) : each));
      expect(faultOf(altered)).toEqual({ n: 5, what: 'altered' });
    }
  });

  it('names the first entry that was removed, put elsewhere, or replaced with its hash made anew', () => {
    expect(faultOf(without(0))).toEqual({ n: 1, what: 'removed' });
    expect(faultOf(without(4))).toEqual({ n: 5, what: 'removed' });
    const turned = [...chain.slice(0, 3), chain[4], chain[3], ...chain.slice(5)];
    expect(faultOf(turned)).toEqual({ n: 4, what: 'reordered' });
    const forged = chained({ ...anEntry(4), unit: '00008' }, '4', chain[3], hash);
    expect(faultOf([...chain.slice(0, 4), forged, ...chain.slice(5)])).toEqual({ n: 5, what: 'replaced' });
    expect(firstChainFault([...texts(chain.slice(0, 2)), 'x'], hash)).toEqual({ n: 3, what: 'not an entry' });
  });
});

describe('canonical JSON', () => {
  it('says the same of the same value, and parses to it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
