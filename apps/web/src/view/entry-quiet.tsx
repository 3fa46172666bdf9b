/** That nothing arose in the whole month, in one step: what it says, what it takes away, and sending it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { Entry, ReportForm } from '../api-entry';
import { quietOf } from '../entry-cells';
import { useMonthName, useNameOf } from '../entry-words';
import { formatFigure, formatNumber } from '../format';
import { useLang } from '../i18n';

interface Props {
  form: ReportForm;
  indicators: ReadonlyMap<string, Indicator>;
  /** Something is typed that is not sent by this. */
  hasUnsent: boolean;
  busy: boolean;
  send: (entry: Entry) => void;
  back: () => void;
}

export function EntryQuiet({ form, indicators, hasUnsent, busy, send, back }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useNameOf();
  const monthName = useMonthName();
  const { cells, lost } = quietOf(form, indicators);
  return (
    <div className="entry-quiet" data-testid="entry-quiet">
      <h4>{t('entry.quiet.title', { month: monthName(form.period) })}</h4>
      <p>{t('entry.quiet.lead', { n: formatNumber(cells.length, lang) })}</p>
      {lost.length > 0 && (
        <div role="alert">
          <p>
            <strong>{t('entry.quiet.lost')}</strong>
          </p>
          <ul>
            {lost.map(({ indicator: code, figure }) => {
              const indicator = indicators.get(code);
              return (
                <li key={code}>
                  {indicator ? nameOf(indicator) : code}: {figure && formatFigure(figure, lang)}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {hasUnsent && <p>{t('entry.quiet.unsent')}</p>}
      <div className="decision-buttons">
        <Button size="xs" variant="default" onClick={back}>
          {t('entry.quiet.back')}
        </Button>
        <Button
          size="xs"
          autoFocus
          data-testid="nothing-arose-now"
          loading={busy}
          disabled={!form.isConfigured}
          onClick={() => send({ nothingArose: true, cells })}
        >
          {t(form.isLocked ? 'entry.sendHeld' : 'entry.quiet.send')}
        </Button>
      </div>
    </div>
  );
}
