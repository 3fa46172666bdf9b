/** Opens "Vì sao?" of a figure from wherever the figure stands: a card, a cell of a table. What is open stands in the address. */
import { UnstyledButton } from '@mantine/core';
import { createContext, lazy, Suspense, use, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigurePlace } from '../figure-changes';
import { openWhy, type Page } from '../use-page';

const WhyDialog = lazy(async () => ({ default: (await import('./why-dialog')).WhyDialog }));

const ShownWindow = createContext('');

export function WhyOpener({ page, children }: { page: Page; children: ReactNode }) {
  return (
    <ShownWindow value={page.window}>
      {children}
      {page.why && (
        <Suspense>
          <WhyDialog why={page.why} page={page} />
        </Suspense>
      )}
    </ShownWindow>
  );
}

const useOpener = ({ unit, indicator, window }: FigurePlace): (() => void) => {
  const shown = use(ShownWindow);
  return () => openWhy({ unit, indicator, window: window ?? shown });
};

/** A card's, or a row's of another place on the page. */
export function WhyButton({ of, name, place }: { of: FigurePlace; name: string; place?: string }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className="link history-button"
      data-testid={['history', place, of.indicator].filter(Boolean).join('-')}
      aria-haspopup="dialog"
      aria-label={t('why.of', { name })}
      title={t('why.of', { name })}
      onClick={useOpener(of)}
    >
      {t('why.title')}
    </UnstyledButton>
  );
}

/** A cell's: the figure itself. @param isSecond the row has one already that the keyboard comes to */
export function WhyLink({
  of,
  isSecond = false,
  title,
  children,
}: {
  of: FigurePlace;
  isSecond?: boolean;
  /** Left out: that it opens the making of whose figure. */
  title?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const name = of.name ?? of.unit;
  return (
    <UnstyledButton
      className="cell-link"
      aria-haspopup="dialog"
      title={title ?? t('why.of', { name })}
      {...(isSecond ? { tabIndex: -1 } : { 'data-testid': `history-of-${of.unit}` })}
      onClick={useOpener(of)}
    >
      {children}
    </UnstyledButton>
  );
}
