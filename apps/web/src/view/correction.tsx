/** A correction in words: which figure, and from what to what. */
import { useTranslation } from 'react-i18next';
import type { HeldCorrection } from '../api';
import { formatFigure } from '../format';
import { useLang } from '../i18n';
import { useIndicators } from '../queries';

export function IndicatorName({ code }: { code: string }) {
  const lang = useLang();
  const indicator = useIndicators()?.get(code);
  return (
    <>
      {indicator?.letter && <b className="letter letter-small">{indicator.letter}</b>}
      {(lang === 'vi' ? indicator?.name_vi : indicator?.name_en) ?? code}
    </>
  );
}

/** What the cell says, where that is known, and what it would. */
export function Change({ item: { before, after } }: { item: HeldCorrection }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <>
      {before !== undefined && (
        <>
          {before === null ? t('history.nothing') : formatFigure(before, lang)}{' '}
          <span aria-label={t('history.to')}>→</span>{' '}
        </>
      )}
      <b>{after === null ? t('history.takenBack') : formatFigure(after, lang)}</b>
    </>
  );
}
