import { createHash } from 'node:crypto';
import { firstChainFault, type ChainedEntry } from '#contracts';
import type { KafkaMessage } from '#kafka';
import { continued } from './chains.js';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
const entry = (id: string) =>
  JSON.stringify({
    id,
    what: 'sign-in',
    who: null,
    unit: null,
    at: '2026-11-28T05:00:00Z',
    from: null,
    outcome: 'done',
  });
const records = (...offsets: number[]) =>
  offsets.map((offset) => ({ offset: String(offset), value: Buffer.from(entry(`e${offset}`)) }) as KafkaMessage);
const ids = (chain: readonly ChainedEntry[]) => chain.map(({ entry: { id } }) => id);

describe('a chain', () => {
  it('goes on from its head, and takes what is handed out again once', () => {
    const first = continued(undefined, records(0, 1, 5), hash);
    const second = continued(first.at(-1), records(1, 5, 6, 9), hash);
    expect(ids([...first, ...second])).toEqual(['e0', 'e1', 'e5', 'e6', 'e9']);
    expect(
      firstChainFault(
        [...first, ...second].map((each) => JSON.stringify(each)),
        hash,
      ),
    ).toBeUndefined();
  });

  it('passes over what is no entry', () => {
    const strange = [{ offset: '0', value: null }, { offset: '1', value: Buffer.from('{') }, ...records(2)];
    expect(ids(continued(undefined, strange as KafkaMessage[], hash))).toEqual(['e2']);
  });
});
