/**
 * What the page shows, as its address says it: `?window=2026-Q1&unit=01&lang=en`. Anything unknown in it is left out, so an old or a mistyped
 * link still opens.
 */
import { instantOf } from './as-of';
import type { Lang } from './format';
import { parseWindow } from './window';

export interface PageState {
  /** `undefined`: the current report month, whichever that is when the page is open. */
  window: string | undefined;
  unit: string;
  /** As known at which instant, ISO text; `undefined`: now, and live. */
  asOf: string | undefined;
  lang: Lang | undefined;
  /** `audit`: the audit trail in place of figures. */
  view: 'audit' | undefined;
}

export function readPageState(search: string): PageState {
  const query = new URLSearchParams(search);
  const window = query.get('window') ?? '';
  const unit = query.get('unit') ?? '';
  const lang = query.get('lang');
  return {
    window: parseWindow(window) ? window : undefined,
    unit: /^\d{2}$/.test(unit) ? unit : 'VN',
    asOf: instantOf(query.get('asOf') ?? ''),
    lang: lang === 'vi' || lang === 'en' ? lang : undefined,
    view: query.get('view') === 'audit' ? 'audit' : undefined,
  };
}

export function writePageState(state: PageState): string {
  const query = new URLSearchParams();
  if (state.window) query.set('window', state.window);
  if (state.unit !== 'VN') query.set('unit', state.unit);
  if (state.asOf) query.set('asOf', state.asOf);
  if (state.view) query.set('view', state.view);
  if (state.lang) query.set('lang', state.lang);
  return `?${query.toString()}`;
}
