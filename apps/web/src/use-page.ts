/** The address as the page's state: what it says is shown, and what is chosen goes into it, so that links and the back button work. */
import { useSyncExternalStore } from 'react';
import { changeLanguage } from './i18n';
import type { Lang } from './format';
import { useHomeMonth } from './home-queries';
import { usePerson } from './person';
import { readPageState, unknownIn, writePageState, type PageState, type Unknown } from './page-state';
import { shownUnit } from './shown-unit';
import type { Why } from './why';
import { currentMonth } from './window';

const listeners = new Set<() => void>();

/** Each step back or forward is in the language in which it was left. */
const followLanguage = (): void => {
  const { lang } = readPageState(location);
  if (lang) changeLanguage(lang);
};
window.addEventListener('popstate', followLanguage);

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

export interface Page extends Pick<
  PageState,
  'view' | 'indicator' | 'asTable' | 'measure' | 'work' | 'calendar' | 'why'
> {
  window: string;
  unit: string;
  /** As known at which instant; `undefined`: now, and live. */
  asOf: string | undefined;
  /** What the address asks for that cannot be; nothing is shown in its place. */
  unknown: Unknown | undefined;
}

export function usePage(): Page {
  const address = new URL(useSyncExternalStore(subscribe, () => location.href));
  const { window, unit, asOf, lang: _lang, sort: _sort, ...shown } = readPageState(address);
  const home = useHomeMonth(useCurrentMonth(), window === undefined && asOf === undefined);
  const month = asOf === undefined ? home : currentMonth(new Date(asOf));
  const unknown = unknownIn(address);
  return { ...shown, window: window ?? month, unit: shownUnit(usePerson(), unit), asOf, unknown };
}

export const hrefOf = (part: Partial<PageState>): string => writePageState({ ...readPageState(location), ...part });

/** How tables are ordered, as sorting.ts reads it. */
export const useSortText = (): string | undefined =>
  useSyncExternalStore(subscribe, () => readPageState(location).sort);

/** A step that the back button takes back. */
export function goTo(part: Partial<PageState>): void {
  const next = hrefOf(part);
  if (next !== `${location.pathname}${location.search}`) history.pushState(null, '', next);
  for (const listener of listeners) listener();
}

/** How many steps back a view over the page was opened; kept with each step, so that closing it leaves none of them behind. */
const stepsOver = (): number => (history.state as { over?: number } | null)?.over ?? 0;

/** Opens the making of a figure over the page, or another in its place: a step that the back button takes back. */
export function openWhy(why: Why): void {
  history.pushState({ over: stepsOver() + 1 }, '', hrefOf({ why }));
  for (const listener of listeners) listener();
}

/** Closes it: back to the page as it was, or, where the address opened it by itself, to the page below it. */
export function closeWhy(): void {
  const steps = stepsOver();
  if (steps > 0) history.go(-steps);
  else refine({ why: undefined });
}

/** The same step otherwise: into the address, but nothing that the back button goes through. */
export function refine(part: Partial<PageState>): void {
  history.replaceState(null, '', writePageState({ ...readPageState(location), ...part }));
  for (const listener of listeners) listener();
}

/** @param from the language until now, which the step back leads to again */
export function goToLanguage(lang: Lang, from: Lang): void {
  refine({ lang: from });
  changeLanguage(lang);
  goTo({ lang });
}
