/** Events that were refused, of a unit and of those under it: by unit and reason, with what to mend. */
import { Table } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_REFUSALS } from '../api';
import { formatNumber, formatTime } from '../format';
import { useLang } from '../i18n';
import { useRefusals } from '../queries';
import { groupedRefusals, type RefusalGroup } from '../refusals';
import { useUnitName } from '../unit-names';
import { Downloads } from './downloads';
import { Failed, Loading } from './notice';
import { useSorting, type Column } from './sort-header';

export function RefusedPanel({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data, error, refetch } = useRefusals(unit);
  return (
    <section className="panel" aria-labelledby="refused-title" data-testid="refused">
      <h3 id="refused-title">{t('refusals.title')}</h3>
      <p className="lead">{t('refusals.lead')}</p>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={60} />}
      {data?.length === 0 && <p className="empty">{t('refusals.empty')}</p>}
      {data && data.length > 0 && (
        <Downloads path="/v1/rejections" query={{ unit, limit: String(MOST_REFUSALS) }} of={t('refusals.title')} />
      )}
      {data && data.length > 0 && <Groups groups={groupedRefusals(data)} unit={unit} />}
      {data?.length === MOST_REFUSALS && (
        <p className="note">{t('refusals.more', { shown: formatNumber(MOST_REFUSALS, lang) })}</p>
      )}
    </section>
  );
}

function Groups({ groups, unit }: { groups: RefusalGroup[]; unit: string }) {
  const { t } = useTranslation();
  const nameOf = useUnitName(unit);
  const columns = useMemo(
    (): Column<RefusalGroup>[] => [
      { key: 'unit', name: t('refusals.unit'), valueOf: (row) => row.unit ?? '' },
      { key: 'code', name: t('refusals.why'), valueOf: (row) => row.code },
      { key: 'count', name: t('refusals.count'), valueOf: (row) => row.count, numeric: true, first: 'descending' },
      { key: 'mended', name: t('refusals.mended'), valueOf: (row) => row.mended, numeric: true, first: 'descending' },
      { key: 'last', name: t('refusals.last'), valueOf: (row) => row.lastAt, numeric: true, first: 'descending' },
    ],
    [t],
  );
  const { ordered, head } = useSorting(groups, columns, 'refusals');
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('refusals.title')}>
      <Table stickyHeader>
        {head}
        <Table.Tbody>
          {ordered.map((group) => (
            <Row
              key={`${group.unit ?? ''}|${group.code}`}
              group={group}
              name={group.unit === undefined ? t('refusals.unknown') : nameOf(group.unit)}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Row({ group: { unit, code, pointers, count, mended, lastAt }, name }: { group: RefusalGroup; name: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <Table.Tr id={`refused-${unit ?? ''}-${code}`} data-testid={`refused-${unit ?? ''}-${code}`}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>
        {t(`refusals.mend.${code}`)}
        <span className="note">
          {' '}
          <code>{[code, ...pointers].join(' ')}</code>
        </span>
      </Table.Td>
      <Table.Td className="numeric">{formatNumber(count, lang)}</Table.Td>
      <Table.Td className="numeric">
        {mended === count ? (
          <span className="badge badge-yes">✓ {formatNumber(mended, lang)}</span>
        ) : (
          formatNumber(mended, lang)
        )}
      </Table.Td>
      <Table.Td className="numeric">
        <time dateTime={lastAt}>{formatTime(lastAt, lang, Date.now())}</time>
      </Table.Td>
    </Table.Tr>
  );
}
