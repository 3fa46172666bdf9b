/** The address as the page's state: what it says is shown, and what is chosen goes into it, so that links and the back button work. */
import { useSyncExternalStore } from 'react';
import { changeLanguage } from './i18n';
import type { Lang } from './format';
import { usePerson } from './person';
import { readPageState, writePageState, type PageState } from './page-state';
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
}

export function usePage(): Page {
  const search = useSyncExternalStore(subscribe, () => location.search);
  const { window, unit, asOf, view } = readPageState(search);
  const now = useCurrentMonth();
  const month = asOf === undefined ? now : currentMonth(new Date(asOf));
  return { window: window ?? month, unit: shownUnit(usePerson(), unit), asOf, view };
}

export function goTo(part: Partial<PageState>): void {
  const next = writePageState({ ...readPageState(location.search), ...part });
  if (next !== location.search) history.pushState(null, '', next);
  for (const listener of listeners) listener();
}

export function goToLanguage(lang: Lang): void {
  changeLanguage(lang);
  goTo({ lang });
}
