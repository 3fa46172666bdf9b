/** The address as the page's state: what it says is shown, and what is chosen goes into it, so that links and the back button work. */
import { useSyncExternalStore } from 'react';
import { changeLanguage } from './i18n';
import type { Lang } from './format';
import { usePerson } from './person';
import { readPageState, unknownIn, writePageState, type PageState, type Unknown } from './page-state';
import { shownUnit } from './shown-unit';
import { currentMonth } from './window';

const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
};

/** How often the page looks whether the next report month has begun. */
const LOOK_MS = 30_000;

const everySoOften = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, LOOK_MS);
  return () => clearInterval(timer);
};

/** The report month that it is, also where the page stays open while the next one begins. */
const useCurrentMonth = (): string => useSyncExternalStore(everySoOften, () => currentMonth(new Date()));

export interface Page {
  window: string;
  unit: string;
  /** As known at which instant; `undefined`: now, and live. */
  asOf: string | undefined;
  view: PageState['view'];
  /** What the address asks for that cannot be; nothing is shown in its place. */
  unknown: Unknown | undefined;
}

export function usePage(): Page {
  const address = new URL(useSyncExternalStore(subscribe, () => location.href));
  const { window, unit, asOf, view } = readPageState(address);
  const now = useCurrentMonth();
  const month = asOf === undefined ? now : currentMonth(new Date(asOf));
  return { window: window ?? month, unit: shownUnit(usePerson(), unit), asOf, view, unknown: unknownIn(address) };
}

export const hrefOf = (part: Partial<PageState>): string => writePageState({ ...readPageState(location), ...part });

export function goTo(part: Partial<PageState>): void {
  const next = hrefOf(part);
  if (next !== `${location.pathname}${location.search}`) history.pushState(null, '', next);
  for (const listener of listeners) listener();
}

export function goToLanguage(lang: Lang): void {
  changeLanguage(lang);
  goTo({ lang });
}
