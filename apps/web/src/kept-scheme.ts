/**
 * Where the choice of light or dark is kept: in a cookie of its own, which says nothing of anybody. Without a choice the page follows the system.
 */
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

export const schemes = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

const name = 'theme';
const YEAR_S = 31_536_000;

/** @param cookies as `document.cookie` has them */
export const schemeIn = (cookies: string): MantineColorScheme | undefined => {
  const kept = /(?:^|; )theme=(\w+)/.exec(cookies)?.[1];
  return schemes.find((scheme) => scheme === kept);
};

const keep = (scheme: string, seconds: number): void => {
  document.cookie = `${name}=${scheme}; Path=/; Max-Age=${seconds}; SameSite=Lax`;
};

export const keptScheme: MantineColorSchemeManager = {
  get: (usual) => schemeIn(document.cookie) ?? usual,
  set: (scheme) => keep(scheme, YEAR_S),
  clear: () => keep('', 0),
  // A tab that is open stays as it is.
  subscribe: () => undefined,
  unsubscribe: () => undefined,
};
