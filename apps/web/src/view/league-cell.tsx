/** A cell of the league table: what is compared in large, what it is made of below it. */
import { useTranslation } from 'react-i18next';
import type { Cell, TableRow } from '../api-table';
import { formatGoal, formatNumber, formatPercentInColumn, type Lang } from '../format';
import { useLang } from '../i18n';
import { changeOf, measured, signed } from '../league';
import type { Measure } from '../page-state';
import { isProvisional } from '../provisional';
import { useProvisionalBelow } from '../queries';
import { WhyLink } from './why-opener';

interface Props {
  /** Whose figure it is. */
  row: Pick<TableRow, 'unit' | 'name'>;
  cell: Cell | undefined;
  measure: Measure | undefined;
  hasPlan: boolean;
}

export function LeagueCell({ row: { unit, name }, cell, measure, hasPlan }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const below = useProvisionalBelow();
  if (!cell) return '–';
  const isEarly = isProvisional(cell.reporting, below);
  const { reported, expected } = cell.reporting;
  const main = measured(cell, measure);
  return (
    <>
      <span className={isEarly ? 'league-main league-early' : 'league-main'}>
        {!isEarly && measure !== 'change' && <Verdict attained={cell.attained} />}
        {/* By the keyboard the unit's own page is reached, with each of its figures. */}
        <WhyLink of={{ unit, name, indicator: cell.indicator }} isSecond>
          {measure === undefined ? figureText(cell, lang) : main === null ? '–' : signed(main, lang)}
        </WhyLink>
      </span>
      <small>
        {measure === undefined && <FigureNote cell={cell} hasPlan={hasPlan} />}
        {measure === 'gap' && <GapNote cell={cell} hasPlan={hasPlan} />}
        {measure === 'change' && <ChangeNote cell={cell} />}
      </small>
      {isEarly && main !== null && (
        <small className="provisional">
          {t('league.provisional', { reported: formatNumber(reported, lang), expected: formatNumber(expected, lang) })}
        </small>
      )}
    </>
  );
}

const figureText = ({ value, percent }: Pick<Cell, 'value' | 'percent'>, lang: Lang): string => {
  if (value !== undefined) return formatNumber(value, lang);
  return percent === null ? '–' : formatPercentInColumn(percent, lang);
};

/** Whether the target is attained, said in words to whoever does not see the sign. */
export function Verdict({ attained }: { attained: boolean | null }) {
  const { t } = useTranslation();
  if (attained === null) return null;
  return (
    <span
      className={attained ? 'verdict-yes' : 'verdict-no'}
      role="img"
      aria-label={t(attained ? 'indicators.attained' : 'indicators.missed')}
    >
      {attained ? '✓' : '✗'}
    </span>
  );
}

/** The change, and what is between the figure and its target. */
function FigureNote({ cell, hasPlan }: { cell: Cell; hasPlan: boolean }) {
  const lang = useLang();
  const change = changeOf(cell);
  return (
    <>
      {cell.gap !== null && hasPlan && (
        <>
          {goalText(cell, lang)} <b>{signed(cell.gap, lang)}</b>
        </>
      )}
      {change !== null && <span className="league-change">{changeText(change, lang)}</span>}
    </>
  );
}

function GapNote({ cell, hasPlan }: { cell: Cell; hasPlan: boolean }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (!cell.target) return t(hasPlan ? 'league.noTarget' : 'league.noPlan');
  if ('trend' in cell.target) return t('league.trend');
  return `${figureText(cell, lang)} · ${goalText(cell, lang)}`;
}

function ChangeNote({ cell }: { cell: Cell }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (!cell.before) return t('league.noBefore');
  return `${figureText(cell.before, lang)} → ${figureText(cell, lang)}`;
}

export const goalText = ({ target }: Pick<Cell, 'target'>, lang: Lang): string =>
  target && 'percent' in target ? formatGoal(target, lang) : '';

/** ▲ and ▼ beside the sign: the direction without reading. */
export const changeText = (change: number, lang: Lang): string =>
  `${change > 0 ? '▲ ' : change < 0 ? '▼ ' : ''}${signed(change, lang)}`;
