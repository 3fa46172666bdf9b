/** The bar on top: the name, the period, the live indicator, the language. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLang } from '../i18n';
import { goToLanguage, type Page } from '../use-page';
import { LiveBadge } from './live-badge';
import { WindowPicker } from './window-picker';

export function Header({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const other = lang === 'vi' ? 'en' : 'vi';
  return (
    <header className="top">
      <div className="brand">
        <h1>{t('title')}</h1>
        <p>{t('subtitle')}</p>
      </div>
      <WindowPicker window={page.window} />
      <LiveBadge page={page} />
      <Button
        data-testid="lang"
        className="on-dark"
        variant="default"
        size="xs"
        lang={other}
        title={t('language.switchTo')}
        onClick={() => goToLanguage(other)}
      >
        {t('language.switch')}
      </Button>
    </header>
  );
}
