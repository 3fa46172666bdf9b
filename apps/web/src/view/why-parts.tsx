/** What a figure is made of: its numbers in words, and the units or the months that it adds up, each opening the same view one level down. */
import { Table, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChildRow, FigureChange, Indicator, Rollup } from '../api';
import { monthsOf } from '../cell-words';
import { formatFigure, formatNumber, formatPercent, formatPercentInColumn, windowName } from '../format';
import { useLang } from '../i18n';
import { useChildren } from '../queries';
import { openWhy, type Page } from '../use-page';
import type { Why } from '../why';
import { parseWindow } from '../window';
import { Failed, Loading } from './notice';

/** The numbers with the words that the catalogue has for them. */
export function FigureWords({ indicator, rollup }: { indicator: Indicator; rollup: Rollup | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (!rollup) return <p className="empty">{t('why.none')}</p>;
  const { numerator = 0, denominator = 0, value, percent, reporting } = rollup;
  const named = (words: string | undefined, part: 'numerator' | 'denominator') =>
    lang === 'vi' && words ? `${words} (${t(`why.${part}`)})` : t(`history.${part}`);
  const unit = t(`all.units.${indicator.unit}`, { defaultValue: indicator.unit });
  const parts: [string, number][] =
    value === undefined
      ? [
          [named(indicator.numerator_vi, 'numerator'), numerator],
          [named(indicator.denominator_vi, 'denominator'), denominator],
        ]
      : [[unit, value]];
  return (
    <div className="why-figure" data-testid="why-figure">
      <dl>
        {parts.map(([name, number]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{formatNumber(number, lang)}</dd>
          </div>
        ))}
      </dl>
      <p className="note">
        {value === undefined && `${quotient()} · `}
        {t('why.reporting', {
          reported: formatNumber(reporting.reported, lang),
          expected: formatNumber(reporting.expected, lang),
        })}
        {reporting.current < reporting.reported &&
          ` · ${t('why.current', { n: formatNumber(reporting.current, lang) })}`}
      </p>
    </div>
  );

  function quotient(): string {
    if (percent === null) return t('why.undivided');
    return t('why.divided', {
      numerator: formatNumber(numerator, lang),
      denominator: formatNumber(denominator, lang),
      percent: formatPercent(percent, lang),
    });
  }
}

const amountOf = ({ numerator, value }: Pick<ChildRow, 'numerator' | 'value'>): number => value ?? numerator ?? 0;

/** The country's provinces, a province's communes: who has a figure, the greatest part first. */
export function UnitParts({ why, page }: { why: Why; page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data, error, refetch } = useChildren({ ...why, asOf: page.asOf }, why.indicator);
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!data) return <Loading height={160} />;
  const rows = data.filter(({ reported }) => reported).sort((a, b) => amountOf(b) - amountOf(a));
  const silent = data.length - rows.length;
  return (
    <section aria-labelledby="why-parts">
      <h4 id="why-parts">{t('why.parts')}</h4>
      <p className="lead">{t('why.partsLead')}</p>
      {rows.length > 0 && <UnitRows rows={rows} why={why} />}
      {silent > 0 && <p className="note">{t('why.silent', { n: formatNumber(silent, lang) })}</p>}
    </section>
  );
}

function UnitRows({ rows, why }: { rows: ChildRow[]; why: Why }) {
  const { t } = useTranslation();
  const lang = useLang();
  const isCount = rows[0]?.value !== undefined;
  const all = rows.reduce((sum, row) => sum + amountOf(row), 0);
  const share = t('why.share', { of: t(`why.shareOf.${isCount ? 'value' : 'numerator'}`) });
  return (
    <div className="table-box table-why" tabIndex={0} role="region" aria-labelledby="why-parts">
      <Table stickyHeader data-testid="why-parts">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('why.unit')}</Table.Th>
            {[t('why.part'), ...(isCount ? [] : [t('why.percent')]), share].map((head) => (
              <Table.Th key={head} scope="col" className="numeric">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.unit}>
              <Table.Th scope="row">
                {row.unit === why.unit ? (
                  <>
                    {row.name} <small className="note">{t('why.ownReport')}</small>
                  </>
                ) : (
                  <UnstyledButton
                    className="link"
                    data-testid={`why-unit-${row.unit}`}
                    onClick={() => openWhy({ ...why, unit: row.unit })}
                  >
                    {row.name}
                  </UnstyledButton>
                )}
              </Table.Th>
              <Table.Td className="numeric">{formatFigure(row, lang)}</Table.Td>
              {!isCount && (
                <Table.Td className="numeric">
                  {row.percent == null ? '–' : formatPercentInColumn(row.percent, lang)}
                </Table.Td>
              )}
              <Table.Td className="numeric">
                {all === 0 ? '–' : formatPercentInColumn((100 * amountOf(row)) / all, lang)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

interface MonthsProps {
  why: Why;
  changes: readonly FigureChange[];
  overTime: Indicator['over_time'];
  asOf: string | undefined;
}

/** A commune's months in a longer window, and which of them count. */
export function MonthParts({ why, changes, overTime, asOf }: MonthsProps) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <section aria-labelledby="why-months">
      <h4 id="why-months">{t('why.months')}</h4>
      <ul className="why-months">
        {monthsOf(changes, overTime, asOf).map(({ period, figure, counts }) => {
          const month = parseWindow(period);
          return (
            <li key={period}>
              <UnstyledButton
                className="link"
                data-testid={`why-month-${period}`}
                onClick={() => openWhy({ ...why, window: period })}
              >
                {month ? windowName(month, lang) : period}
              </UnstyledButton>{' '}
              <b>{formatFigure(figure, lang)}</b>{' '}
              <small className="note">{t(counts ? 'why.counts' : 'why.older')}</small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
