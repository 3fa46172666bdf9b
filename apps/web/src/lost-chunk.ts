/**
 * A part of the page that is gone: a newer version was put in its place while this one was open. The page is loaded again, once; where
 * that does not help (within a minute), the part says so itself (panel-boundary.tsx).
 */
const ONCE_IN_MS = 60_000;

/**
 * Whether the page may be loaded again by itself.
 *
 * @param type how it was loaded: `reload` where that was again
 * @param age milliseconds since then
 */
export const mayReload = (type: string | undefined, age: number): boolean => type !== 'reload' || age > ONCE_IN_MS;

export const isLostChunk = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script|preload/i.test(error.message);

export function watchLostChunks(): void {
  addEventListener('vite:preloadError', () => {
    const [loaded] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (mayReload(loaded?.type, performance.now())) location.reload();
  });
}
