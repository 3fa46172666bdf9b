/** The browser's title of what is looked at: the unit, the report period, the view; so that tabs, bookmarks and steps back tell them apart. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime, windowName } from './format';
import { useLang } from './i18n';
import { useIndicators } from './queries';
import { useUnitName } from './unit-names';
import { useUnitYear } from './unit-year';
import type { Page } from './use-page';
import { parseWindow } from './window';

/** @param words the closest first; what is not known (yet) is left out */
export function useTitle(words: readonly (string | undefined)[]): void {
  const { t } = useTranslation();
  const title = [words.filter(Boolean).join(' · '), t('title')].filter(Boolean).join(' — ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** The title of figures: of the one whose making is shown over the page, else of the page. */
export function useFiguresTitle(page: Page): void {
  const { t } = useTranslation();
  const { unit, window: code } = page.why ?? page;
  const nameOf = useUnitName('');
  const { data: commune } = useUnitYear(unit, code.slice(0, 4));
  const window = parseWindow(code);
  const lang = useLang();
  const views = useViews(page);
  useTitle([
    page.why && t('why.title'),
    commune?.name ?? nameOf(unit),
    window && windowName(window, lang),
    ...views,
    page.asOf && t('place.title.asOf', { time: formatTime(page.asOf, lang, 0) }),
  ]);
}

function useViews({ why, work, calendar, indicator, asTable, measure }: Page): (string | undefined)[] {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = useIndicators();
  const nameOf = (code: string | undefined) => {
    const found = indicators?.get(code ?? '');
    return t(`league.short.${code}`, { defaultValue: (lang === 'vi' ? found?.name_vi : found?.name_en) ?? '' });
  };
  if (why) return [nameOf(why.indicator)];
  return [
    indicator && nameOf(indicator),
    asTable ? t('place.title.asTable') : undefined,
    measure && t(`league.measures.${measure}`),
    work && t('place.title.work', { kind: t(`work.kind.${work}`) }),
    calendar ? t('place.title.calendar') : undefined,
  ];
}
