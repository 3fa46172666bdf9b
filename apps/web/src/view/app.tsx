/** The page: header, map and feed, the eight indicators, a province's communes, the national summaries. */
import { Alert } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLive, useLiveStore } from '../live';
import { useTargets } from '../queries';
import { usePage, type Page } from '../use-page';
import { ChangeList } from './change-list';
import { CommunePanel } from './commune-panel';
import { Header } from './header';
import { IndicatorCards } from './indicator-cards';
import { ProvincePanel } from './province-panel';
import { Summaries } from './summaries';
import { UnitBar } from './unit-bar';

export function App() {
  const { t } = useTranslation();
  const page = usePage();
  useWatched(page);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header page={page} />
      <main id="main" tabIndex={-1}>
        <LostNotice />
        <UnitBar page={page} />
        <div className="overview">
          <div className="overview-side">
            <ProvincePanel page={page} />
            <ChangeList page={page} />
          </div>
          <IndicatorCards page={page} />
        </div>
        {page.unit !== 'VN' && <CommunePanel key={page.unit} page={page} />}
        <Summaries key={page.window} window={page.window} />
      </main>
      <footer>
        {t('footer')} <a href="/SOURCES.md">{t('source')}</a>
      </footer>
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
