/** Where to go after signing in: only on this service itself, or a link could lead a person who has just signed in anywhere. */
const here = 'http://here.invalid';
const longest = 2_000;

/** The path with its query; undefined for what leads elsewhere, or is none. */
export const localPath = (to: string | undefined): string | undefined => {
  if (to === undefined || to.length > longest || !to.startsWith('/') || !URL.canParse(to, here)) return undefined;
  const { origin, pathname, search, hash } = new URL(to, here);
  // A browser takes // and /\ for the beginning of a host, wherever they come from.
  return origin === here && !/^[/\\]{2}/.test(pathname) ? `${pathname}${search}${hash}` : undefined;
};
