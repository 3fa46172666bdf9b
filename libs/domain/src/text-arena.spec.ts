import fc from 'fast-check';
import { TextArena } from './text-arena.js';

describe('a text arena', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'binary-ascii', maxLength: 300 }),
    fc.constantFrom('', 'ÿ', 'Ā', 'x'.repeat(254), 'x'.repeat(255), 'x'.repeat(70_000)),
  );

  it('gives back what was put last at each place, whatever was there before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), text), { maxLength: 60 }), (puts) => {
        const arena = new TextArena();
        const addresses = new Map<number, number>();
        const expected = new Map<number, string>();
        for (const [cell, each] of puts) {
          addresses.set(cell, arena.put(addresses.get(cell) ?? 0, each));
          expected.set(cell, each);
        }
        for (const [cell, each] of expected) expect(arena.get(addresses.get(cell) as number)).toBe(each);
      }),
    );
  });

  it('holds more than one array of texts, each whole', () => {
    const arena = new TextArena();
    const texts = Array.from({ length: 60_000 }, (_, n) => `report-${n}-${'x'.repeat(n % 60)}`);
    const addresses = texts.map((each) => arena.put(0, each));
    expect(addresses.map((address) => arena.get(address))).toEqual(texts);
  });

  it('replaces a text of the same length where it stands', () => {
    const arena = new TextArena();
    const address = arena.put(0, 'event-000001');
    expect(arena.put(address, 'event-000002')).toBe(address);
  });
});
