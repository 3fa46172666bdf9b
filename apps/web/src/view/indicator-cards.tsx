/** The eight indicators of the shown unit and window. */
import { useTranslation } from 'react-i18next';
import { asOfQuery } from '../api';
import type { Change } from '../changes';
import { useLive } from '../live';
import { useRollups, useTargets } from '../queries';
import type { Page } from '../use-page';
import { IndicatorCard } from './indicator-card';
import { Downloads } from './downloads';
import { Failed, Loading } from './notice';

export function IndicatorCards({ page }: { page: Page }) {
  const { t } = useTranslation();
  const targets = useTargets();
  const { data, error, refetch } = useRollups(page);
  const { changes } = useLive();
  const latest = page.asOf === undefined ? newestOf(changes, page.unit) : undefined;
  // A plan covers all of a province's indicators, so one figure tells it for those that nobody has reported.
  const hasPlan = data?.find((item) => item)?.hasPlan;
  return (
    <section className="cards" aria-label={t('indicators.title')}>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!error && (!data || !targets) && Array.from({ length: 8 }, (_, i) => <Loading key={i} height={142} />)}
      {data &&
        targets?.map((indicator) => (
          <IndicatorCard
            key={indicator.code}
            indicator={indicator}
            rollup={data.find((item) => item.indicator === indicator.code)}
            hasPlan={hasPlan}
            page={page}
            change={latest?.indicator === indicator.code ? latest : undefined}
          />
        ))}
      {data && (
        <Downloads
          path="/v1/rollups"
          query={{ unit: page.unit, window: page.window, ...asOfQuery(page.asOf) }}
          of={t('indicators.title')}
        />
      )}
    </section>
  );
}

const newestOf = (changes: Change[], unit: string): Change | undefined =>
  changes.find((change) => change.unit === unit);
