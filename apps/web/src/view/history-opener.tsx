/** Opens the history of a figure from wherever the figure stands: a card, a cell of a table. */
import { UnstyledButton } from '@mantine/core';
import { createContext, use, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigurePlace } from '../figure-changes';
import type { Page } from '../use-page';
import { HistoryDialog } from './history-dialog';

const Opener = createContext<((of: FigurePlace) => void) | undefined>(undefined);

export function HistoryOpener({ page, children }: { page: Page; children: ReactNode }) {
  const [of, open] = useState<FigurePlace>();
  return (
    <Opener value={open}>
      {children}
      {of && <HistoryDialog of={of} page={page} close={() => open(undefined)} />}
    </Opener>
  );
}

const useOpener = (of: FigurePlace): (() => void) => {
  const open = use(Opener);
  return () => open?.(of);
};

/** A card's, or a row's of another place on the page. */
export function HistoryButton({ of, name, place }: { of: FigurePlace; name: string; place?: string }) {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className="link history-button"
      data-testid={['history', place, of.indicator].filter(Boolean).join('-')}
      aria-haspopup="dialog"
      aria-label={t('history.of', { name })}
      title={t('history.of', { name })}
      onClick={useOpener(of)}
    >
      {t('history.title')}
    </UnstyledButton>
  );
}

/** A cell's: the figure itself. @param isSecond the row has one already that the keyboard comes to */
export function HistoryLink({
  of,
  isSecond = false,
  title,
  children,
}: {
  of: FigurePlace;
  isSecond?: boolean;
  /** Left out: that it opens the history of whom. */
  title?: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const name = of.name ?? of.unit;
  return (
    <UnstyledButton
      className="cell-link"
      aria-haspopup="dialog"
      title={title ?? t('history.of', { name })}
      {...(isSecond ? { tabIndex: -1 } : { 'data-testid': `history-of-${of.unit}` })}
      onClick={useOpener(of)}
    >
      {children}
    </UnstyledButton>
  );
}
