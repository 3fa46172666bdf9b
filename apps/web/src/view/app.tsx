/** The page: header, map and feed, the eight indicators, a province's communes, the national summaries. */
import { Alert } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLiveStore, useSign } from '../live';
import { usePerson } from '../person';
import { useTargets } from '../queries';
import { mayDo } from '../shown-unit';
import { usePage, type Page } from '../use-page';
import { useFiguresTitle, useTitle } from '../use-title';
import { AsOfBanner, OnlyNow } from './as-of';
import { AuditPanel } from './audit-panel';
import { CalendarPanel } from './calendar-panel';
import { ChangeList } from './change-list';
import { CommunePanel } from './commune-panel';
import { HeldPanel } from './held-panel';
import { Header } from './header';
import { WhyOpener } from './why-opener';
import { IndicatorCards } from './indicator-cards';
import { MonthPanel } from './month-panel';
import { Loading } from './notice';
import { PanelBoundary } from './panel-boundary';
import { PastProvincePanel } from './past-province-panel';
import { ProvincePanel } from './province-panel';
import { RefusedPanel } from './refused-panel';
import { Reminders } from './reminders';
import { ReportStatus } from './report-status';
import { Summaries } from './summaries';
import { UnitBar } from './unit-bar';
import { UnknownNotice, useUnknown } from './unknown';

const YearPanel = lazy(async () => ({ default: (await import('./year-panel')).YearPanel }));
// What stands below the figures at a glance comes after them.
const AllIndicators = lazy(() => import('./all-indicators'));
const LeaguePanel = lazy(() => import('./league-panel'));
// Who only looks at figures does not wait for it.
const WorkList = lazy(async () => ({ default: (await import('./work-list')).WorkList }));

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
        <PanelBoundary>{isAudit && <AuditPanel />}</PanelBoundary>
        {!isAudit && (hasFigures ? <Asked page={page} isNational={person.level === 'country'} /> : <NoFigures />)}
        {!isAudit && !isPast && person.level === 'country' && mayDo(person, 'summaries.read') && (
          <PanelBoundary key={page.window}>
            <KnownSummaries page={page} />
          </PanelBoundary>
        )}
      </main>
      <footer>
        {t('footer')} <a href="/SOURCES.md">{t('source')}</a>
      </footer>
    </>
  );
}

/** Figures of what the address asks for, or that there is no such thing. */
function Asked({ page, isNational }: { page: Page; isNational: boolean }) {
  const unknown = useUnknown(page);
  return unknown ? <UnknownNotice unknown={unknown} /> : <Figures page={page} isNational={isNational} />;
}

/** Nothing stands below the notice that there is no such thing. */
function KnownSummaries({ page }: { page: Page }) {
  return useUnknown(page) ? null : <Summaries window={page.window} />;
}

/** @param isNational whether whoever looks sees the whole country */
function Figures({ page, isNational }: { page: Page; isNational: boolean }) {
  useWatched(page);
  useFiguresTitle(page);
  const hasHeld = mayDo(usePerson(), 'held.read');
  const hasReminders = mayDo(usePerson(), 'reminders.read');
  const hasRefusals = mayDo(usePerson(), 'refusals.read');
  const isPast = page.asOf !== undefined;
  const isProvince = /^\d{2}$/.test(page.unit);
  const hasChildren = isProvince || page.unit === 'VN';
  const month = !isPast && page.unit !== 'VN' && (
    <PanelBoundary>
      <MonthPanel key={`${page.unit} ${page.window}`} page={page} />
    </PanelBoundary>
  );
  return (
    <WhyOpener page={page}>
      {!isPast && <LostNotice />}
      <UnitBar page={page} />
      <PanelBoundary>{!isPast && page.unit !== 'VN' && <ReportStatus page={page} />}</PanelBoundary>
      <PanelBoundary key={`work ${page.unit}`}>
        {!isPast && isProvince && (
          <Suspense fallback={<Loading height={120} />}>
            <WorkList page={page} />
          </Suspense>
        )}
      </PanelBoundary>
      <PanelBoundary key={`calendar ${page.unit}`}>
        {!isPast && isProvince && <CalendarPanel page={page} />}
      </PanelBoundary>
      <div className="overview">
        <div className="overview-side">
          {!isNational && month}
          <PanelBoundary>
            {isNational && (isPast ? <PastProvincePanel page={page} /> : <ProvincePanel page={page} />)}
          </PanelBoundary>
          <PanelBoundary>{!isPast && <ChangeList page={page} />}</PanelBoundary>
        </div>
        <PanelBoundary>
          <IndicatorCards page={page} />
        </PanelBoundary>
      </div>
      <PanelBoundary key={`year ${page.unit}`}>
        {!isPast && page.unit !== 'VN' && (
          <Suspense fallback={<Loading height={420} />}>
            <YearPanel page={page} />
          </Suspense>
        )}
      </PanelBoundary>
      <PanelBoundary key={page.unit}>{isProvince && <CommunePanel page={page} />}</PanelBoundary>
      <PanelBoundary key={`league ${page.unit}`}>
        {hasChildren && (
          <Suspense fallback={<Loading height={420} />}>
            <LeaguePanel page={page} />
          </Suspense>
        )}
      </PanelBoundary>
      <PanelBoundary>
        <Suspense fallback={<Loading height={600} />}>
          <AllIndicators page={page} />
        </Suspense>
      </PanelBoundary>
      {isNational && month}
      <PanelBoundary key={`held ${page.unit}`}>
        {!isPast && page.unit !== 'VN' && hasHeld && <HeldPanel unit={page.unit} />}
      </PanelBoundary>
      <PanelBoundary key={`refused ${page.unit}`}>
        {!isPast && page.unit !== 'VN' && hasRefusals && <RefusedPanel unit={page.unit} />}
      </PanelBoundary>
      {isPast && <OnlyNow />}
      <PanelBoundary>
        {hasReminders && !isPast && <Reminders key={`${page.unit} ${page.window}`} page={page} />}
      </PanelBoundary>
    </WhyOpener>
  );
}

/** Who only reports sees what became of his corrections. */
function NoFigures() {
  const { t } = useTranslation();
  const person = usePerson();
  useTitle([person.unitName]);
  return (
    <>
      <p className="empty">{t('person.noFigures')}</p>
      {mayDo(person, 'held.read') && person.level !== 'country' && <HeldPanel unit={person.unit} />}
      {mayDo(person, 'refusals.read') && <RefusedPanel unit={person.unit} />}
    </>
  );
}

/** The stream is of the window that the page shows (live-follow.ts); changes are listed of the targets alone. */
function useWatched({ window }: Page): void {
  const live = useLiveStore();
  const targets = useTargets();
  useEffect(() => {
    live.watch(window, targets && new Set(targets.map((target) => target.code)));
  }, [live, window, targets]);
}

function LostNotice() {
  const { t } = useTranslation();
  const sign = useSign();
  if (sign !== 'lost' && sign !== 'failing') return null;
  return (
    <Alert color="orange" className="lost" role="status">
      {t(`live.${sign}Detail`)}
    </Alert>
  );
}
