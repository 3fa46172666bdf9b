/**
 * "Vì sao?": what a figure is made of, unit by unit, down to the events; and from an event the figures that it moved.
 *
 * What is shown stands in the address: it can be shared, and the back button goes a level up again and closes it. Where the page looks at an
 * earlier instant, what came later is there too, and marked: nothing of a history is left out.
 */
import { Button } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import { formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useHistory, useIndicators, useProvinces, useRollups } from '../queries';
import { useUnitName } from '../unit-names';
import { useUnitYear } from '../unit-year';
import { closeWhy, openWhy, type Page } from '../use-page';
import type { Why } from '../why';
import { parseWindow } from '../window';
import { HistoryTable } from './history-table';
import { HistoryTimeline } from './history-timeline';
import { Failed, Loading } from './notice';
import { Outlook } from './outlook';
import { EventMoves } from './why-moved';
import { FigureWords, MonthParts, UnitParts } from './why-parts';

export function WhyDialog({ why, page }: { why: Why; page: Page }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    const opener = document.activeElement;
    shown?.showModal();
    return () => {
      shown?.close();
      // However it goes away, the focus goes back to where it was; a step back in the history takes it away from there at its end.
      setTimeout(() => opener instanceof HTMLElement && opener.focus({ preventScroll: true }));
    };
  }, []);
  const { unit, indicator, window, event } = why;
  useLayoutEffect(() => {
    if (dialog.current) dialog.current.scrollTop = 0;
  }, [unit, indicator, window, event]);
  const known = useIndicators()?.get(indicator);
  return (
    <dialog
      ref={dialog}
      className="dialog dialog-wide why"
      aria-labelledby="history-title"
      data-testid="history"
      onClose={() => {
        // Not where it is taken away by the back button, which has closed it already.
        if (dialog.current) closeWhy();
      }}
    >
      <div className="panel-head">
        <Title why={why} indicator={known} />
        <Button size="xs" variant="default" data-testid="close-history" onClick={() => dialog.current?.close()}>
          {t('history.close')}
        </Button>
      </div>
      {!known && <Loading height={260} />}
      {known && event === undefined && <Made key={`${unit} ${window}`} why={why} indicator={known} page={page} />}
      {known && event !== undefined && <EventMoves why={{ ...why, event }} indicator={known} />}
    </dialog>
  );
}

/** A unit's name, and what it is part of. */
function useWho({ unit, window }: Why): { name: string; above: string | undefined } {
  const { level } = usePerson();
  const { data: year } = useUnitYear(unit, window.slice(0, 4));
  const nameOf = useUnitName(unit === 'VN' ? '' : unit);
  const name = (unit.length === 5 && year?.name) || nameOf(unit);
  if (unit.length === 5) return { name, above: level === 'commune' ? undefined : year?.province };
  return { name, above: unit !== 'VN' && level === 'country' ? 'VN' : undefined };
}

function Title({ why, indicator }: { why: Why; indicator: Indicator | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { name, above } = useWho(why);
  const { data: provinces } = useProvinces();
  const window = parseWindow(why.window);
  const aboveName = above === 'VN' ? t('unit.country') : provinces?.find(({ code }) => code === above)?.fullName;
  const { event: _event, ...place } = why;
  return (
    <div>
      <h3 id="history-title">
        {t('why.title')} {name}
        {window && ` · ${windowName(window, lang)}`}
      </h3>
      <p className="history-indicator">
        {indicator?.letter && <b className="letter letter-small">{indicator.letter}</b>}
        {lang === 'vi' ? indicator?.name_vi : indicator?.name_en}
      </p>
      {why.event !== undefined && (
        <Button size="compact-xs" variant="default" data-testid="why-back" onClick={() => openWhy(place)}>
          <span aria-hidden="true">←&nbsp;</span>
          {t('why.back')}
        </Button>
      )}
      {why.event === undefined && above !== undefined && (
        <Button
          size="compact-xs"
          variant="default"
          data-testid="why-up"
          onClick={() => openWhy({ ...place, unit: above })}
        >
          <span aria-hidden="true">↑&nbsp;</span>
          {t('why.up', { name: aboveName ?? above })}
        </Button>
      )}
    </div>
  );
}

interface MadeProps {
  why: Why;
  indicator: Indicator;
  page: Page;
}

function Made({ why, indicator, page }: MadeProps) {
  const { t } = useTranslation();
  const { data: rollups, error, refetch } = useRollups({ ...why, asOf: page.asOf });
  const isMonth = parseWindow(why.window)?.kind === 'month';
  const rollup = rollups?.find((each) => each.indicator === indicator.code);
  return (
    <>
      {error && !rollups && <Failed error={error} retry={refetch} />}
      {!rollups && !error && <Loading height={80} />}
      {rollups && <FigureWords indicator={indicator} rollup={rollup} />}
      <HowMade indicator={indicator} />
      {page.asOf === undefined ? (
        <Outlook why={why} indicator={indicator} rollup={rollup} />
      ) : (
        <p className="note">{t('trend.onlyNow')}</p>
      )}
      {why.unit.length !== 5 && <UnitParts why={why} page={page} />}
      <Events why={why} indicator={indicator} page={page} isOfMonths={why.unit.length === 5 && !isMonth} />
    </>
  );
}

/** The events: a line and a table of every change, newest first, in pages. @param isOfMonths of a commune's longer window */
function Events({ why, indicator, page, isOfMonths }: MadeProps & { isOfMonths: boolean }) {
  const { t } = useTranslation();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useHistory(
    why.unit,
    why.window,
    why.indicator,
  );
  const changes = data?.pages.flatMap(({ items }) => items);
  return (
    <section aria-labelledby="why-events">
      {isOfMonths && changes && !hasNextPage && (
        <MonthParts why={why} changes={changes} overTime={indicator.over_time} asOf={page.asOf} />
      )}
      <h4 id="why-events">{t('why.events')}</h4>
      <p className="lead">{t('history.lead')}</p>
      {page.asOf !== undefined && <Later asOf={page.asOf} />}
      {error && <Failed error={error} retry={refetch} />}
      {!changes && !error && <Loading height={260} />}
      {changes?.length === 0 && <p className="empty">{t('history.empty')}</p>}
      {changes && changes.length > 0 && (
        <>
          <HistoryTimeline changes={changes} asOf={page.asOf} />
          <HistoryTable changes={changes} unit={why.unit} indicator={why.indicator} asOf={page.asOf} />
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
          <p className="note">{t('why.superseded')}</p>
        </>
      )}
    </section>
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
