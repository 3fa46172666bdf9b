/** Whether the system forces its own colours on the page: a style sheet is told by a media query, a drawing by this. */
import { useSyncExternalStore } from 'react';

const query = matchMedia('(forced-colors: active)');

const subscribe = (listener: () => void): (() => void) => {
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

export const useForcedColours = (): boolean => useSyncExternalStore(subscribe, () => query.matches);
