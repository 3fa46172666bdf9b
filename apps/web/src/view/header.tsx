/** The bar on top: the name, the period, the live indicator, the language, light or dark. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { mayDo } from '../shown-unit';
import { goTo, goToLanguage, type Page } from '../use-page';
import { AsOfPicker } from './as-of';
import { LiveBadge } from './live-badge';
import { ThemeChoice } from './theme-choice';
import { Who } from './who';
import { WindowPicker } from './window-picker';

/** @param hasFigures whether whoever looks may see any */
export function Header({ page, hasFigures }: { page: Page; hasFigures: boolean }) {
  const { t } = useTranslation();
  const lang = useLang();
  const other = lang === 'vi' ? 'en' : 'vi';
  return (
    <header className={page.asOf === undefined ? 'top' : 'top top-past'}>
      <div className="brand">
        <h1>{t('title')}</h1>
        <p>{t('subtitle')}</p>
      </div>
      <WindowPicker window={page.window} />
      <AuditLink page={page} />
      {hasFigures && <AsOfPicker page={page} />}
      {hasFigures && <LiveBadge page={page} />}
      <Who />
      <ThemeChoice />
      <Button
        data-testid="lang"
        className="on-dark"
        variant="default"
        size="xs"
        lang={other}
        title={t('language.switchTo')}
        onClick={() => goToLanguage(other, lang)}
      >
        {t('language.switch')}
      </Button>
    </header>
  );
}

/** To the audit trail and back, for whoever may read it. */
function AuditLink({ page }: { page: Page }) {
  const { t } = useTranslation();
  if (!mayDo(usePerson(), 'audit.read')) return null;
  const isShown = page.view === 'audit';
  return (
    <Button
      data-testid="audit-link"
      className="on-dark"
      variant="default"
      size="xs"
      onClick={() => goTo({ view: isShown ? undefined : 'audit' })}
    >
      {t(isShown ? 'audit.back' : 'audit.title')}
    </Button>
  );
}
