/** What a province has to see to: a list for each kind of work, with what to do and the way to it; to be copied, filtered and shared. */
import { Button, Table } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useCompleteness, useHeld, useRefusals } from '../queries';
import { matches } from '../search';
import { mayDo } from '../shown-unit';
import { useSuspicious } from '../suspicious-queries';
import { useNamedUnit } from '../unit-names';
import { goTo, type Page } from '../use-page';
import { parseWindow } from '../window';
import { namedRows, shownKind, workKinds, workOf, type Work, type WorkKind, type WorkRow } from '../work-list';
import { CopyUnits } from './copy-units';
import { Loading } from './notice';
import { UnitLink } from './unit-link';
import { UnitSearch } from './unit-search';

const SuspiciousList = lazy(async () => ({ default: (await import('./suspicious-list')).SuspiciousList }));

/** @param page of a province; that its reports cannot be read is said above */
export function WorkList({ page }: { page: Page }) {
  const { t } = useTranslation();
  const person = usePerson();
  const work = useWork(page);
  if (!work) return <Loading height={120} />;
  const may: Partial<Record<WorkKind, boolean>> = {
    suspicious: mayDo(person, 'figures.read'),
    refused: mayDo(person, 'refusals.read'),
    held: mayDo(person, 'held.read'),
  };
  const kinds = workKinds.filter((kind) => may[kind] ?? true);
  const kind = shownKind(page.work, work);
  return (
    <section className="panel" aria-labelledby="work-title" data-testid="work">
      <h3 id="work-title">{t('work.title')}</h3>
      <Kinds kinds={kinds} shown={kind} work={work} page={page} />
      {kind === 'suspicious' && work.suspicious.length > 0 ? (
        <Suspense fallback={<Loading height={120} />}>
          <SuspiciousList page={page} />
        </Suspense>
      ) : (
        <List key={kind} kind={kind} items={work[kind]} unit={page.unit} />
      )}
    </section>
  );
}

/** Undefined until it is known who has sent. Refusals and corrections are asked of whoever may see them. */
function useWork({ unit, window }: Page): Work | undefined {
  const person = usePerson();
  const { data: reports } = useCompleteness(unit, window);
  const { data: refusals } = useRefusals(unit, mayDo(person, 'refusals.read'));
  const { data: held } = useHeld(unit, false, mayDo(person, 'held.read'));
  const { data: suspicious } = useSuspicious(unit, window, mayDo(person, 'figures.read'));
  return useMemo(() => {
    const of = parseWindow(window);
    return (
      reports &&
      of &&
      workOf({
        units: reports.units,
        refusals: refusals ?? [],
        held: held ?? { items: [] },
        suspicious: suspicious?.items ?? [],
        window: of,
      })
    );
  }, [reports, refusals, held, suspicious, window]);
}

interface KindsProps {
  kinds: readonly WorkKind[];
  shown: WorkKind;
  work: Work;
  page: Page;
}

function Kinds({ kinds, shown, work, page: { unit, window } }: KindsProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const suspicious = useSuspicious(unit, window, kinds.includes('suspicious')).data?.total ?? 0;
  // More than are listed at once.
  const countOf = (kind: WorkKind): number => (kind === 'suspicious' ? suspicious : work[kind].length);
  return (
    <div className="work-kinds" role="group" aria-label={t('work.kinds')}>
      {kinds.map((kind) => (
        <Button
          key={kind}
          size="xs"
          {...(kind !== shown && { variant: 'default' })}
          aria-pressed={kind === shown}
          data-testid={`work-${kind}`}
          onClick={() => goTo({ work: kind })}
        >
          {t(`work.kind.${kind}`)} <b className="work-count">{formatNumber(countOf(kind), lang)}</b>
        </Button>
      ))}
    </div>
  );
}

function List({ kind, items, unit }: { kind: WorkKind; items: Work[WorkKind]; unit: string }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState('');
  const rows = namedRows(items, useNamedUnit(unit));
  const shown = rows.filter((row) => matches(query, row.fullName, row.unit));
  if (items.length === 0) return <p className="empty">{t(`work.none.${kind}`)}</p>;
  return (
    <>
      <div className="filter">
        <UnitSearch query={query} onQuery={setQuery} testId="work-filter" />
        <CopyUnits rows={shown} />
      </div>
      <div className="table-box table-work" tabIndex={0} role="region" aria-label={t(`work.kind.${kind}`)}>
        <Table stickyHeader data-testid="work-rows">
          <Table.Thead>
            <Table.Tr>
              {(['unit', 'code', 'todo'] as const).map((head) => (
                <Table.Th key={head} scope="col">
                  {t(`work.${head}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Row key={row.unit} row={row} kind={kind} />
            ))}
          </Table.Tbody>
        </Table>
        {shown.length === 0 && <p className="empty">{t('communes.nothing', { query })}</p>}
      </div>
    </>
  );
}

function Row({ row, kind }: { row: WorkRow; kind: WorkKind }) {
  const { t } = useTranslation();
  const lang = useLang();
  const isReminded = mayDo(usePerson(), 'reminders.read');
  const place = kind === 'missing' && isReminded ? 'reminders-title' : row.place;
  return (
    <Table.Tr data-testid={`work-row-${row.unit}`}>
      <Table.Th scope="row">
        {row.unit.length === 5 ? <UnitLink unit={row.unit} name={row.fullName} /> : row.fullName}
      </Table.Th>
      <Table.Td>{row.unit}</Table.Td>
      <Table.Td>
        {t(`work.do.${kind}`, { n: formatNumber(row.count, lang) })}{' '}
        <a
          href={`#${place}`}
          aria-label={`${t(place === 'reminders-title' ? 'work.toReminders' : 'work.to')}: ${row.fullName}`}
        >
          {t(place === 'reminders-title' ? 'work.toReminders' : 'work.to')}
        </a>
      </Table.Td>
    </Table.Tr>
  );
}
