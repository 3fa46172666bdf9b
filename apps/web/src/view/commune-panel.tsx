/** A province's communes: the choice of the indicator, the table, and a map where boundaries are at hand. */
import { NativeSelect } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { asOfQuery } from '../api';
import { useLang } from '../i18n';
import { useChildren, useIndicators } from '../queries';
import { goTo, type Page } from '../use-page';
import { CommuneTable } from './commune-table';
import { Downloads } from './downloads';
import { Failed, Loading } from './notice';

const CommuneMap = lazy(() => import('./commune-map'));

/** Provinces whose commune boundaries come with the page. */
const shapeFiles: Record<string, string> = { '01': 'hanoi-communes.geo.json', '15': 'laocai-communes.geo.json' };

export function CommunePanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = useIndicators();
  const code = page.indicator ?? 'b';
  const { data, error, refetch } = useChildren(page, code);
  const file = shapeFiles[page.unit];
  const indicator = indicators?.get(code);
  return (
    <section className="panel" aria-labelledby="communes-title">
      <div className="panel-head">
        <h3 id="communes-title">{t('communes.title')}</h3>
        <NativeSelect
          className="indicator-select"
          data-testid="indicator"
          aria-label={t('communes.indicator')}
          value={code}
          onChange={(event) => goTo({ indicator: event.currentTarget.value })}
          size="xs"
          data={[...(indicators?.values() ?? [])].map(({ code: value, letter, ...name }) => ({
            value,
            label: `${letter ? `${letter}. ` : ''}${lang === 'vi' ? name.name_vi : name.name_en}`,
          }))}
        />
      </div>
      <Downloads
        path={`/v1/units/${page.unit}/children`}
        query={{ window: page.window, indicator: code, ...asOfQuery(page.asOf) }}
        of={t('communes.title')}
      />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={420} />}
      {data && (
        <div className={file ? 'communes communes-mapped' : 'communes'}>
          {file && (
            <Suspense fallback={<Loading height={420} />}>
              <CommuneMap file={file} rows={data} indicator={indicator} unit={page.unit} />
            </Suspense>
          )}
          <CommuneTable
            rows={data}
            page={page}
            indicator={code}
            isCount={indicator !== undefined && indicator.kind !== 'ratio'}
          />
        </div>
      )}
    </section>
  );
}
