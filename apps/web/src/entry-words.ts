/** Words of typing a month in that depend on what is typed. */
import type { TFunction } from 'i18next';
import type { Indicator } from './api';
import type { CellFault } from './entry-cells';
import { formatNumber, windowName, type Lang } from './format';
import { useLang } from './i18n';
import { vi } from './vi';
import { parseWindow } from './window';

const faults: Record<string, string> = vi.entry.fault;
const mends: Record<string, string> = vi.refusals.mend;

/** What is wrong with a cell; what the page does not know by itself as refused events have it. */
export function faultWords(t: TFunction, { code, limit }: Pick<CellFault, 'code' | 'limit'>, lang: Lang): string {
  if (Object.hasOwn(faults, code))
    return t(`entry.fault.${code as 'MISSING'}`, { limit: limit === undefined ? '' : formatNumber(limit, lang) });
  const why = Object.hasOwn(mends, code) ? t(`refusals.mend.${code as keyof typeof vi.refusals.mend}`) : code;
  return t('entry.fault.other', { why });
}

/** An indicator's name in the language of the page. */
export function useNameOf(): (indicator: Indicator) => string {
  const lang = useLang();
  return ({ name_vi, name_en }) => (lang === 'vi' ? name_vi : name_en);
}

/** A month's name in the middle of a sentence. */
export function useMonthName(): (period: string) => string {
  const lang = useLang();
  return (period) => {
    const window = parseWindow(period);
    const name = window ? windowName(window, lang) : period;
    return lang === 'vi' ? name.toLocaleLowerCase('vi') : name;
  };
}
