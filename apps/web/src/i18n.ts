/**
 * The two languages. Vietnamese unless the address or an earlier choice says otherwise; the choice is remembered, and `<html lang>` follows, so
 * that screen readers speak the right language.
 */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { en } from './en';
import type { Lang } from './format';
import { readPageState } from './page-state';
import { vi } from './vi';

const remembered = 'tonghop.lang';

/** Storage may be switched off; then the choice holds for the page only. */
function recall(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

export function startLanguage(): void {
  const lang: Lang = readPageState(location).lang ?? (recall() === 'en' ? 'en' : 'vi');
  i18next
    .use(initReactI18next)
    .init({
      resources: { vi: { translation: vi }, en: { translation: en } },
      lng: lang,
      fallbackLng: 'vi',
      // React escapes what it draws.
      interpolation: { escapeValue: false },
    })
    .catch(reportError);
  document.documentElement.lang = lang;
}

export function changeLanguage(lang: Lang): void {
  i18next.changeLanguage(lang).catch(reportError);
  document.documentElement.lang = lang;
  try {
    localStorage.setItem(remembered, lang);
  } catch {
    // Remembered for this page only.
  }
}

export function useLang(): Lang {
  return useTranslation().i18n.language === 'en' ? 'en' : 'vi';
}
