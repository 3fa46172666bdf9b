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
  const at = asOf === undefined ? new Date() : new Date(asOf);
  return { window: window ?? currentMonth(at), unit: shownUnit(usePerson(), unit), asOf, view };
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
