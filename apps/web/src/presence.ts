/**
 * Whether somebody is at the page. It reads figures again by itself; what it asks for while nobody is there must not keep a session.
 */
const AWAY_MS = 60_000;

let lastTouch = performance.now();

const touched = (): void => {
  lastTouch = performance.now();
};

export function watchPresence(): void {
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel'])
    addEventListener(event, touched, { passive: true });
}

/** What a request says besides, where nobody has touched the page for a minute. */
export const presenceHeader = (): Record<string, string> =>
  performance.now() - lastTouch > AWAY_MS ? { 'x-background': '1' } : {};
