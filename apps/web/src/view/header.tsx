/** The bar on top: the name, the period, the live indicator, the language. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLang } from '../i18n';
import { goToLanguage, type Page } from '../use-page';
import { LiveBadge } from './live-badge';
import { Who } from './who';
import { WindowPicker } from './window-picker';

/** @param hasFigures whether whoever looks may see any */
export function Header({ page, hasFigures }: { page: Page; hasFigures: boolean }) {
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
      {hasFigures && <LiveBadge page={page} />}
      <Who />
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
