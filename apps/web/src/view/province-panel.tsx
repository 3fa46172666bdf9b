/** Reporting by province: the country's line, then the map or the table with the same figures. */
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completeness } from '../api';
import { formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import { useCompleteness } from '../queries';
import type { Page } from '../use-page';
import { Downloads } from './downloads';
import { MapOrTable } from './map-or-table';
import { Failed, Loading } from './notice';
import { ProvinceTable } from './province-table';

// The map library is most of the page's weight; the figures do not wait for it.
const ProvinceMap = lazy(() => import('./province-map'));

export function ProvincePanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const { data, error, refetch } = useCompleteness('VN', page.window);
  return (
    <section className="panel" aria-labelledby="map-title">
      <div className="panel-head">
        <h3 id="map-title">{t('map.title')}</h3>
        <MapOrTable asTable={asTable} choose={setAsTable} />
      </div>
      {data && <Lead counts={data} />}
      <Downloads path="/v1/completeness" query={{ unit: 'VN', window: page.window }} of={t('map.title')} />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={430} />}
      {data && asTable && <ProvinceTable rows={data.children} selected={page.unit} />}
      {data && !asTable && (
        <Suspense fallback={<Loading height={430} />}>
          <ProvinceMap rows={data.children} selected={page.unit} />
        </Suspense>
      )}
    </section>
  );
}

function Lead({ counts }: { counts: Completeness }) {
  const { t } = useTranslation();
  const lang = useLang();
  const share = counts.expected === 0 ? 0 : (100 * counts.reported) / counts.expected;
  return (
    <p className="lead">
      {t('map.lead', {
        reported: formatNumber(counts.reported, lang),
        expected: formatNumber(counts.expected, lang),
        complete: formatNumber(counts.complete, lang),
        share: formatPercent(share, lang),
      })}
    </p>
  );
}
