/** What will be sent, told as it is typed. */
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { Draft } from '../entry-cells';
import { useNameOf } from '../entry-words';
import { formatFigure, formatNumber } from '../format';
import { useLang } from '../i18n';

export function EntrySummary({ draft, indicators }: { draft: Draft; indicators: ReadonlyMap<string, Indicator> }) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useNameOf();
  const { changes, faults } = draft;
  return (
    <div data-testid="entry-summary" data-changes={changes.length} data-faults={faults.size}>
      <p role="status">
        {changes.length === 0 ? t('entry.summaryNone') : t('entry.summary', { n: formatNumber(changes.length, lang) })}{' '}
        {faults.size > 0 && <strong>{t('entry.wrong', { n: formatNumber(faults.size, lang) })}</strong>}
      </p>
      {changes.length > 0 && (
        <ul className="entry-changes" tabIndex={0} aria-label={t('entry.summary', { n: changes.length })}>
          {changes.map(({ indicator: code, before, figure }) => {
            const indicator = indicators.get(code);
            const name = indicator ? nameOf(indicator) : code;
            const figures = {
              before: before ? formatFigure(before, lang) : '–',
              after: figure ? formatFigure(figure, lang) : t('entry.takenBack'),
            };
            return <li key={code}>{t('entry.change', { name, ...figures })}</li>;
          })}
        </ul>
      )}
    </div>
  );
}
