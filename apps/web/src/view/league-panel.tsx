/** The league table: a unit's children by the eight indicators, ordered by any of them; what a cell compares is chosen above it. */
import { Button, Table } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { Cell, Table as Answer, TableRow } from '../api-table';
import { windowName } from '../format';
import { useLang } from '../i18n';
import { measured } from '../league';
import { measures, type Measure } from '../page-state';
import { useTargets } from '../queries';
import { ownName } from '../search';
import { useTable } from '../table-queries';
import { goTo, type Page } from '../use-page';
import { parseWindow } from '../window';
import { Downloads } from './downloads';
import { LeagueCell } from './league-cell';
import { Failed, Loading } from './notice';
import { useSorting, type Column } from './sort-header';
import { UnitLink } from './unit-link';

export default function LeaguePanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  // A province's communes are many, and stand in the table above it too.
  const isCountry = page.unit === 'VN';
  const [isOpen, setOpen] = useState(isCountry);
  const { data, error, refetch } = useTable(page, 'target', isOpen);
  const targets = useTargets();
  return (
    <section className="panel" aria-labelledby="league-title" data-testid="league">
      <div className="panel-head">
        <h3 id="league-title">{t('league.title')}</h3>
        {isOpen && <MeasureChoice measure={page.measure} />}
        {!isCountry && (
          <Button
            data-testid="league-open"
            variant="default"
            size="compact-xs"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'league.close' : 'league.open')}
          </Button>
        )}
      </div>
      {isOpen && error && !data && <Failed error={error} retry={refetch} />}
      {isOpen && !error && (!data || !targets) && <Loading height={420} />}
      {isOpen && data && targets && <League table={data} targets={targets} page={page} />}
    </section>
  );
}

function MeasureChoice({ measure }: { measure: Measure | undefined }) {
  const { t } = useTranslation();
  return (
    <div className="choice" role="group" aria-label={t('league.measure')}>
      {[undefined, ...measures].map((each) => (
        <Button
          key={each ?? 'figure'}
          data-testid={`measure-${each ?? 'figure'}`}
          variant={each === measure ? 'filled' : 'default'}
          size="compact-xs"
          aria-pressed={each === measure}
          onClick={() => goTo({ measure: each })}
        >
          {t(`league.measures.${each ?? 'figure'}`)}
        </Button>
      ))}
    </div>
  );
}

interface Row extends TableRow {
  cells: ReadonlyMap<string, Cell>;
}

function League({ table, targets, page }: { table: Answer; targets: Indicator[]; page: Page }) {
  const { t } = useTranslation();
  const { unit, measure } = page;
  const rows = useMemo(
    (): Row[] => table.rows.map((row) => ({ ...row, cells: new Map(row.items.map((item) => [item.indicator, item])) })),
    [table],
  );
  const columns = useMemo(
    (): Column<Row>[] => [
      { key: 'name', name: t('league.unit'), valueOf: (row) => ownName(row.name) },
      ...targets.map(({ code, letter }) => ({
        key: code,
        name: `${letter ?? code}. ${t(`league.short.${code}`)}`,
        valueOf: (row: Row) => measured(row.cells.get(code), measure),
        numeric: true,
      })),
    ],
    [t, targets, measure],
  );
  const { ordered, head } = useSorting(rows, columns, 'league');
  return (
    <>
      <Lead window={page.window} before={table.before} />
      <Downloads path={`/v1/units/${unit}/table`} query={exported(page)} of={t('league.title')} />
      <div className="table-box table-league" tabIndex={0} role="region" aria-label={t('league.title')}>
        <Table stickyHeader>
          {head}
          <Table.Tbody>
            {ordered.map((row) => (
              <Table.Tr key={row.unit} data-testid={`league-${row.unit}`}>
                <Table.Th scope="row">
                  <UnitLink unit={row.unit} name={row.name} />
                  {row.unit === unit && <span className="own"> ({t('league.own')})</span>}
                </Table.Th>
                {targets.map(({ code }) => (
                  <Table.Td key={code} className="numeric">
                    <LeagueCell row={row} cell={row.cells.get(code)} measure={measure} hasPlan={row.hasPlan} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </>
  );
}

const exported = ({ window, asOf }: Page): Record<string, string> => ({
  window,
  group: 'target',
  ...(asOf === undefined ? {} : { asOf }),
});

function Lead({ window, before }: { window: string; before: string | null }) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = (code: string | null) => {
    const known = code === null ? undefined : parseWindow(code);
    return known && windowName(known, lang);
  };
  return (
    <p className="lead">
      {t(before === null ? 'league.leadFirst' : 'league.lead', { window: nameOf(window), before: nameOf(before) })}
    </p>
  );
}
