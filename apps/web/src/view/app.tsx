/** The page: header, map and feed, the eight indicators, a province's communes, the national summaries. */
import { Alert } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useLiveStore } from '../live';
import { usePerson } from '../person';
import { useTargets } from '../queries';
import { mayDo } from '../shown-unit';
import { usePage, type Page } from '../use-page';
import { AsOfBanner, OnlyNow } from './as-of';
import { AuditPanel } from './audit-panel';
import { ChangeList } from './change-list';
import { CommunePanel } from './commune-panel';
import { HeldPanel } from './held-panel';
import { Header } from './header';
import { HistoryOpener } from './history-opener';
import { IndicatorCards } from './indicator-cards';
import { MonthPanel } from './month-panel';
import { PastProvincePanel } from './past-province-panel';
import { ProvincePanel } from './province-panel';
import { Reminders } from './reminders';
import { Summaries } from './summaries';
import { UnitBar } from './unit-bar';

export function App() {
  const { t } = useTranslation();
  const page = usePage();
  const person = usePerson();
  const hasFigures = mayDo(person, 'figures.read');
  const isAudit = page.view === 'audit' && mayDo(person, 'audit.read');
  const isPast = hasFigures && page.asOf !== undefined;
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header page={page} hasFigures={hasFigures} />
      {hasFigures && !isAudit && page.asOf !== undefined && <AsOfBanner asOf={page.asOf} />}
      <main id="main" tabIndex={-1}>
        {isAudit && <AuditPanel />}
        {!isAudit && (hasFigures ? <Figures page={page} isNational={person.level === 'country'} /> : <NoFigures />)}
        {!isAudit && !isPast && person.level === 'country' && mayDo(person, 'summaries.read') && (
          <Summaries key={page.window} window={page.window} />
        )}
      </main>
      <footer>
        {t('footer')} <a href="/SOURCES.md">{t('source')}</a>
      </footer>
    </>
  );
}

/** @param isNational whether whoever looks sees the whole country */
function Figures({ page, isNational }: { page: Page; isNational: boolean }) {
  useWatched(page);
  const hasHeld = mayDo(usePerson(), 'held.read');
  const hasReminders = mayDo(usePerson(), 'reminders.read');
  const isPast = page.asOf !== undefined;
  const isProvince = /^\d{2}$/.test(page.unit);
  const month = !isPast && page.unit !== 'VN' && <MonthPanel key={`${page.unit} ${page.window}`} page={page} />;
  return (
    <HistoryOpener page={page}>
      {!isPast && <LostNotice />}
      <UnitBar page={page} />
      <div className="overview">
        <div className="overview-side">
          {!isNational && month}
          {isNational && (isPast ? <PastProvincePanel page={page} /> : <ProvincePanel page={page} />)}
          {!isPast && <ChangeList page={page} />}
        </div>
        <IndicatorCards page={page} />
      </div>
      {isProvince && <CommunePanel key={page.unit} page={page} />}
      {isNational && month}
      {!isPast && page.unit !== 'VN' && hasHeld && <HeldPanel key={page.unit} unit={page.unit} />}
      {isPast && <OnlyNow />}
      {hasReminders && !isPast && <Reminders key={`${page.unit} ${page.window}`} page={page} />}
    </HistoryOpener>
  );
}

/** Who only reports sees what became of his corrections. */
function NoFigures() {
  const { t } = useTranslation();
  const person = usePerson();
  return (
    <>
      <p className="empty">{t('person.noFigures')}</p>
      {mayDo(person, 'held.read') && person.level !== 'country' && <HeldPanel unit={person.unit} />}
    </>
  );
}

/** The stream brings every window and indicator; the page follows what it shows. */
function useWatched({ window }: Page): void {
  const live = useLiveStore();
  const targets = useTargets();
  useEffect(() => {
    live.watch(window, targets && new Set(targets.map((target) => target.code)));
  }, [live, window, targets]);
}

function LostNotice() {
  const { t } = useTranslation();
  const { connection } = useLive();
  if (connection !== 'lost') return null;
  return (
    <Alert color="orange" className="lost" role="status">
      {t('live.lostDetail')}
    </Alert>
  );
}
