import { RememberedSessions } from './remembered-sessions.js';
import type { Session } from './session.js';

const NOW = 1_000_000;
const session = (id: string, endsAt = NOW + 3_600_000): Session => ({
  principal: { id, name: id, kind: 'person', roles: ['analyst'], unit: '01' },
  issuedAt: NOW,
  endsAt,
});
const hearing = (idleMs = 1_800_000): RememberedSessions => {
  const made = new RememberedSessions(idleMs);
  made.hears(true);
  return made;
};

describe('sessions that are remembered', () => {
  it('are known for a second, and no longer than they may last', () => {
    const remembered = hearing();
    remembered.keep('a', session('a'), NOW, remembered.mark);
    remembered.keep('b', session('b', NOW + 300), NOW, remembered.mark);
    const known = (after: number) => ['a', 'b'].filter((key) => remembered.find(key, NOW + after) !== undefined);
    expect([known(299), known(300), known(999), known(1_000)]).toEqual([['a', 'b'], ['a'], ['a'], []]);
  });

  it('are forgotten once they are over, also if nobody asks for them again', () => {
    const remembered = hearing();
    const sizeAfter = (id: string, after: number): number => {
      remembered.keep(id, session(id), NOW + after, remembered.mark);
      return remembered.size;
    };
    // `a` is kept anew, so it is the last of the first three to go.
    const sizes = [
      sizeAfter('a', 0),
      sizeAfter('b', 1),
      sizeAfter('a', 500),
      sizeAfter('c', 1_000),
      sizeAfter('d', 1_001),
    ];
    expect([...sizes, sizeAfter('e', 1_500)]).toEqual([1, 2, 2, 3, 3, 3]);
    expect(['a', 'c'].map((id) => remembered.find(id, NOW + 1_500)?.principal.id)).toEqual([undefined, 'c']);
  });

  it('are known for a small part of a short idle time: one that is used does not end before its time', () => {
    const remembered = hearing(1_000);
    remembered.keep('a', session('a'), NOW, remembered.mark);
    expect([remembered.find('a', NOW + 249), remembered.find('a', NOW + 250)]).toEqual([session('a'), undefined]);
  });

  it('are not known to whoever does not hear of their ends, nor what was read before he heard', () => {
    const remembered = new RememberedSessions(1_800_000);
    remembered.keep('a', session('a'), NOW, remembered.mark);
    expect(remembered.find('a', NOW)).toBeUndefined();
    remembered.hears(true);
    remembered.keep('a', session('a'), NOW, remembered.mark);
    expect(remembered.find('a', NOW)).toBeDefined();
    remembered.hears(false);
    expect(remembered.find('a', NOW)).toBeUndefined();
  });

  it('of whom one has ended are forgotten, and others are not', () => {
    const remembered = hearing();
    for (const id of ['a', 'b']) remembered.keep(id, session(id), NOW, remembered.mark);
    remembered.forget('a');
    expect([remembered.find('a', NOW), remembered.find('b', NOW)]).toEqual([undefined, session('b')]);
  });

  it('are not kept where an end was heard since they were asked for', () => {
    const remembered = hearing();
    const { mark } = remembered;
    remembered.forget('somebody');
    remembered.keep('a', session('a'), NOW, mark);
    expect(remembered.find('a', NOW)).toBeUndefined();
  });
});
