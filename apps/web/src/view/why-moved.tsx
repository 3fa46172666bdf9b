/** From an event to every figure that it moved: the unit's, its province's and the country's, in each window of its month. */
import { Table, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Figure, Indicator } from '../api';
import { formatDifference, formatFigure, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { movesOf, type EventMoves as Moves } from '../moved-figures';
import { usePerson } from '../person';
import { useProvinces } from '../queries';
import { useUnitYear } from '../unit-year';
import { openWhy } from '../use-page';
import type { Why } from '../why';
import { useFiguresOf, useYearOfChanges } from '../why-queries';
import { parseWindow } from '../window';
import { Failed, Loading } from './notice';

/** @param why of the reporting unit and the event's month */
export function EventMoves({ why, indicator }: { why: Why & { event: string }; indicator: Indicator }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { unit, window: period, event } = why;
  const { data, error, refetch } = useYearOfChanges(unit, period.slice(0, 4), indicator.code);
  const { data: year } = useUnitYear(unit, period.slice(0, 4));
  if (error && !data) return <Failed error={error} retry={refetch} />;
  if (!data) return <Loading height={260} />;
  const moves = movesOf(data, { unit, period, event }, indicator.over_time);
  const month = parseWindow(period);
  const said = (figure: Figure | null) => (figure === null ? t('why.nothing') : formatFigure(figure, lang));
  return (
    <section aria-labelledby="why-moved" data-testid="why-moved">
      <h4 id="why-moved">{t('why.movedOf', { id: event })}</h4>
      {!moves && <p className="empty">{t('why.movedNone')}</p>}
      {moves && (
        <>
          <p className="lead">
            {t('why.movedLead', {
              unit: year?.name ?? unit,
              month: month ? windowName(month, lang) : period,
              at: formatTime(moves.change.at, lang, 0),
            })}{' '}
            <b>{t('why.movedBeat', { before: said(moves.change.before), after: said(moves.change.after) })}</b>
          </p>
          <MovedTable moves={moves} why={why} name={year?.name ?? unit} province={year?.province} />
        </>
      )}
    </section>
  );
}

interface Props {
  moves: Moves;
  why: Why;
  name: string;
  /** Undefined: the unit is one itself, or it is not known yet. */
  province: string | undefined;
}

function MovedTable({ moves, why, name, province }: Props) {
  const { t } = useTranslation();
  const { level } = usePerson();
  const { data: provinces } = useProvinces();
  const own = why.unit.length === 2 ? why.unit : province;
  // What is above somebody's own unit he may not see.
  const above = [level !== 'commune' && own, level === 'country' && 'VN'].filter((each) => typeof each === 'string');
  const windows = moves.figures.map(({ window }) => window);
  const now = useFiguresOf(
    above.flatMap((unit) => windows.map((window) => ({ unit, window }))),
    why.indicator,
  );
  const nameOf = (unit: string) =>
    unit === 'VN' ? t('unit.country') : (provinces?.find(({ code }) => code === unit)?.fullName ?? unit);
  return (
    <>
      <div className="table-box table-why" tabIndex={0} role="region" aria-labelledby="why-moved">
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {(['level', 'window', 'change', 'difference', 'now'] as const).map((head) => (
                <Table.Th key={head} scope="col" className={head === 'level' || head === 'window' ? '' : 'numeric'}>
                  {t(`why.${head}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {/* A province's own report is one part of its figure, which stands below. */}
            {why.unit.length === 5 &&
              moves.figures.map((figure) => (
                <Row key={figure.window} {...figure} why={{ ...why, window: figure.window }} name={name} />
              ))}
            {above.flatMap((unit) =>
              moves.figures.map(({ window, difference }) => (
                <Row
                  key={`${unit} ${window}`}
                  difference={difference}
                  now={now.get(`${unit} ${window}`) ?? null}
                  why={{ ...why, unit, window }}
                  name={nameOf(unit)}
                />
              )),
            )}
          </Table.Tbody>
        </Table>
      </div>
      <p className="note">{t(level === 'commune' ? 'why.onlyOwn' : 'why.onlyDifference')}</p>
    </>
  );
}

interface RowProps {
  why: Why;
  name: string;
  before?: Figure | null;
  after?: Figure | null;
  difference: Figure;
  now: Figure | null;
}

function Row({ why: { event: _event, ...why }, name, before, after, difference, now }: RowProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const said = (figure: Figure | null) => (figure === null ? t('why.nothing') : formatFigure(figure, lang));
  const window = parseWindow(why.window);
  const isSame = [difference.value, difference.numerator, difference.denominator].every((each) => !each);
  return (
    <Table.Tr data-testid={`moved-${why.unit}-${why.window}`}>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{window ? windowName(window, lang) : why.window}</Table.Td>
      <Table.Td className="numeric">
        {before !== undefined && after !== undefined && `${said(before)} → ${said(after)}`}
      </Table.Td>
      <Table.Td className="numeric">{isSame ? t('why.same') : formatDifference(difference, lang)}</Table.Td>
      <Table.Td className="numeric">
        <UnstyledButton className="cell-link" title={t('why.of', { name })} onClick={() => openWhy(why)}>
          {said(now)}
        </UnstyledButton>
      </Table.Td>
    </Table.Tr>
  );
}
