/**
 * A part of the page that is gone: a newer version was put in its place while this one was open. The page is loaded again, once; where
 * that does not help (within a minute), the part says so itself (panel-boundary.tsx).
 */
const key = 'tonghop.reloaded';
const ONCE_IN_MS = 60_000;

/** Whether the page may be loaded again by itself. @param last when it last was, as it was kept */
export const mayReload = (last: string | null, now: number): boolean => now - Number(last ?? 0) > ONCE_IN_MS;

export const isLostChunk = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script|preload/i.test(error.message);

export function watchLostChunks(): void {
  addEventListener('vite:preloadError', () => {
    try {
      if (!mayReload(sessionStorage.getItem(key), Date.now())) return;
      sessionStorage.setItem(key, String(Date.now()));
    } catch {
      // Without storage nobody can tell whether it was loaded again already.
      return;
    }
    location.reload();
  });
}
