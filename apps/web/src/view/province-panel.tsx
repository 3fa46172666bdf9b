/** The provinces: by the reports that are in, or by an indicator; as a map, or as the table with the same figures. */
import { NativeSelect } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Completeness, Indicator } from '../api';
import { formatNumber, formatPercent } from '../format';
import { useLang } from '../i18n';
import { useCompleteness, useIndicators } from '../queries';
import { goTo, type Page } from '../use-page';
import { Downloads } from './downloads';
import { IndicatorProvinces } from './indicator-provinces';
import { MapOrTable } from './map-or-table';
import { Failed, Loading } from './notice';
import { ProvinceTable } from './province-table';

// The map library is most of the page's weight; the figures do not wait for it.
const ProvinceMap = lazy(() => import('./province-map'));

export function ProvincePanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const indicator = useIndicators()?.get(page.indicator ?? '');
  return (
    <section className="panel" aria-labelledby="map-title">
      <div className="panel-head">
        <h3 id="map-title">{t(page.indicator ? 'map.byIndicator' : 'map.title')}</h3>
        <MapOrTable asTable={page.asTable} />
      </div>
      <Shading chosen={page.indicator} />
      {page.indicator && !indicator && <Loading height={430} />}
      {indicator && <IndicatorProvinces page={page} indicator={indicator} />}
      {!page.indicator && <ProvinceReports page={page} />}
    </section>
  );
}

function ProvinceReports({ page }: { page: Page }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useCompleteness('VN', page.window);
  return (
    <>
      {data && <Lead counts={data} />}
      <Downloads path="/v1/completeness" query={{ unit: 'VN', window: page.window }} of={t('map.title')} />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={430} />}
      {data && page.asTable && <ProvinceTable rows={data.children} selected={page.unit} />}
      {data && !page.asTable && (
        <Suspense fallback={<Loading height={430} />}>
          <ProvinceMap rows={data.children} selected={page.unit} />
        </Suspense>
      )}
    </>
  );
}

/** By what provinces are shaded. */
function Shading({ chosen }: { chosen: string | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = [...(useIndicators()?.values() ?? [])];
  const optionsOf = (group: Indicator['group']) =>
    indicators
      .filter((indicator) => indicator.group === group)
      .map(({ code, letter, ...name }) => ({
        value: code,
        label: `${letter ? `${letter}. ` : ''}${lang === 'vi' ? name.name_vi : name.name_en}`,
      }));
  return (
    <NativeSelect
      data-testid="shading"
      size="xs"
      aria-label={t('shading.label')}
      value={chosen ?? ''}
      onChange={(event) => goTo({ indicator: event.currentTarget.value || undefined })}
      data={[
        { value: '', label: `${t('shading.label')}: ${t('shading.reports')}` },
        { group: t('shading.targets'), items: optionsOf('target') },
        { group: t('shading.activities'), items: optionsOf('activity') },
      ]}
    />
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
