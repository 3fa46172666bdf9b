/** The stream follows the window that the page shows, and nothing of the new one is missed. */
import { followWindow } from './live-follow';
import { LiveStore, type Board } from './live-store';

function setUp(unit = 'VN', shown = '2026-03') {
  let now = 0;
  let readAnew = 0;
  const board = { readAll: () => (readAnew += 1) } as unknown as Board;
  const live = new LiveStore(
    board,
    (task) => task(),
    () => now,
  );
  if (shown) live.watch(shown, undefined);
  const open = new Map<string, () => void>();
  const asked: string[] = [];
  const end = followWindow(live, { unit, usual: () => '2026-11' }, (address, opened) => {
    asked.push(address);
    open.set(address, opened);
    return () => open.delete(address);
  });
  return {
    live,
    asked,
    end,
    isOpen: () => [...open.keys()],
    opensAfter: (ms: number) => {
      now += ms;
      for (const opened of open.values()) opened();
    },
    readAnew: () => readAnew,
  };
}

describe('the stream of the window that is shown', () => {
  it('is closed and opened for another window, and not for the same', () => {
    const { live, asked, isOpen } = setUp();
    live.watch('2026-03', new Set(['b']));
    live.watch('2026-Q1', undefined);
    expect(asked).toEqual(['2026-03', '2026-Q1'].map((window) => `/v1/stream?unit=VN&children=true&window=${window}`));
    expect(isOpen()).toEqual([asked[1]]);
  });

  it('is of the running month while none is shown, and stays where that is shown then', () => {
    const { live, asked } = setUp('01', '');
    live.watch('2026-11', undefined);
    expect(asked).toEqual(['/v1/stream?unit=01&window=2026-11']);
  });

  it('has everything read anew where it opened too late to say what was missed, once', () => {
    const { live, opensAfter, readAnew } = setUp();
    live.watch('2026-04', undefined);
    opensAfter(2_001);
    opensAfter(9_000);
    expect(readAnew()).toBe(1);
  });

  it('has nothing read anew where it opened in time, nor when the page begins', () => {
    const { live, opensAfter, readAnew } = setUp();
    opensAfter(5_000);
    live.watch('2026-04', undefined);
    opensAfter(2_000);
    opensAfter(60_000);
    expect(readAnew()).toBe(0);
  });

  it('ends with the page', () => {
    const { live, asked, end, isOpen } = setUp();
    end();
    live.watch('2026-04', undefined);
    expect([isOpen(), asked.length]).toEqual([[], 1]);
  });
});
