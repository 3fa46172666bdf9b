/**
 * How a figure came about: a line and a table of every change below it, down to the event, newest first, in pages.
 *
 * Where the page looks at an earlier instant, what came later is there too, and marked: nothing of a history is left out.
 */
import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { FigurePlace } from '../figure-changes';
import { formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { useHistory, useIndicators } from '../queries';
import { useUnitName } from '../unit-names';
import type { Page } from '../use-page';
import { parseWindow } from '../window';
import { HistoryTable } from './history-table';
import { HistoryTimeline } from './history-timeline';
import { Failed, Loading } from './notice';

interface Props {
  of: FigurePlace;
  page: Page;
  close: () => void;
}

export function HistoryDialog({ of, page, close }: Props) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(
    of.unit,
    of.window ?? page.window,
    of.indicator,
  );
  const changes = data?.pages.flatMap(({ items }) => items);
  return (
    <dialog
      ref={dialog}
      className="dialog dialog-wide"
      aria-labelledby="history-title"
      data-testid="history"
      onClose={close}
    >
      <div className="panel-head">
        <Title of={of} window={of.window ?? page.window} />
        <Button size="xs" variant="default" data-testid="close-history" onClick={() => dialog.current?.close()}>
          {t('history.close')}
        </Button>
      </div>
      <p className="lead">{t('history.lead')}</p>
      {page.asOf !== undefined && <Later asOf={page.asOf} />}
      {error && <Failed error={error} retry={refetch} />}
      {!changes && !error && <Loading height={260} />}
      {changes?.length === 0 && <p className="empty">{t('history.empty')}</p>}
      {changes && changes.length > 0 && (
        <>
          <HistoryTimeline changes={changes} asOf={page.asOf} />
          <HistoryTable changes={changes} unit={of.unit} asOf={page.asOf} />
          <div className="history-foot">
            <Shown count={changes.length} isAll={!hasNextPage} />
            {hasNextPage && (
              <Button
                size="xs"
                variant="default"
                data-testid="history-older"
                loading={isFetchingNextPage}
                onClick={() => {
                  fetchNextPage().catch(reportError);
                }}
              >
                {t('history.older')}
              </Button>
            )}
          </div>
        </>
      )}
    </dialog>
  );
}

function Title({ of, window: code }: { of: FigurePlace; window: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicator = useIndicators()?.get(of.indicator);
  const nameOf = useUnitName(of.unit);
  const window = parseWindow(code);
  return (
    <div>
      <h3 id="history-title">
        {t('history.title')}: {of.name ?? nameOf(of.unit)}
        {window && ` · ${windowName(window, lang)}`}
      </h3>
      <p className="history-indicator">
        {indicator?.letter && <b className="letter letter-small">{indicator.letter}</b>}
        {lang === 'vi' ? indicator?.name_vi : indicator?.name_en}
      </p>
      {indicator && <HowMade indicator={indicator} />}
    </div>
  );
}

/** What the figure is made of, in words. */
function HowMade({ indicator: { kind, over_time, numerator_vi, denominator_vi } }: { indicator: Indicator }) {
  const { t } = useTranslation();
  const lang = useLang();
  const words = lang === 'vi' && { numerator: numerator_vi, denominator: denominator_vi };
  const parts = words ? words : { numerator: t('history.numerator'), denominator: t('history.denominator') };
  return (
    <p className="note" data-testid="history-how">
      {kind === 'ratio' && `${t('history.ratio', parts)} `}
      {t(`history.over.${over_time}`)}
    </p>
  );
}

function Later({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  return <p className="note">{t('history.later', { time: formatTime(asOf, useLang(), 0) })}</p>;
}

function Shown({ count, isAll }: { count: number; isAll: boolean }) {
  const { t } = useTranslation();
  return (
    <p role="status" className="note" data-testid="history-shown">
      {t(isAll ? 'history.all' : 'history.some', { n: formatNumber(count, useLang()) })}
    </p>
  );
}
