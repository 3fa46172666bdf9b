/** The line of a figure's history, with a mark at each change: a disc for a report, a diamond for a decision. The table says the same. */
import { useTranslation } from 'react-i18next';
import type { FigureChange } from '../api';
import { height, placeOf, timelineOf, width, type Mark, type Timeline } from '../figure-changes';
import { formatFigure, formatNumber, formatPercent, formatTime } from '../format';
import { useLang } from '../i18n';

export function HistoryTimeline({ changes, asOf }: { changes: FigureChange[]; asOf: string | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  const line = timelineOf(changes);
  if (!line) return null;
  const bound = (value: number) => (line.isPercent ? formatPercent(value, lang) : formatNumber(value, lang));
  const times = { from: formatTime(line.from, lang, 0), to: formatTime(line.to, lang, 0) };
  return (
    <figure className="timeline" data-testid="history-timeline">
      <div className="timeline-scale" aria-hidden="true">
        <span>{bound(line.most)}</span>
        {line.least !== line.most && <span>{bound(line.least)}</span>}
      </div>
      <Line
        line={line}
        asOf={asOf}
        label={t('history.line', { ...times, least: bound(line.least), most: bound(line.most) })}
      />
      <figcaption>
        <span>{times.from}</span>
        <span className="timeline-key">
          <b className="key-report">●</b> {t('history.report')} <b className="key-decision">◆</b>{' '}
          {t('history.decision')}
          {' · '}
          {t(line.isPercent ? 'history.percent' : 'history.value')}
        </span>
        <span>{times.to}</span>
      </figcaption>
    </figure>
  );
}

function Line({ line, asOf, label }: { line: Timeline; asOf: string | undefined; label: string }) {
  const lang = useLang();
  const at = asOf === undefined ? undefined : placeOf(line, asOf);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect className="timeline-ground" width={width} height={height} />
      {at !== undefined && <line className="timeline-as-of" x1={at} x2={at} y1="0" y2={height} />}
      <path className="timeline-line" d={line.path} />
      {line.marks.map((mark) => (
        <Disc key={`${mark.change.at}${mark.change.unit}${mark.change.period}`} mark={mark}>
          {`${formatTime(mark.change.at, lang, 0)}: ${formatFigure(mark.change.total, lang)}`}
        </Disc>
      ))}
    </svg>
  );
}

function Disc({ mark: { x, y, change }, children }: { mark: Mark; children: string }) {
  if (change.cause === 'event')
    return (
      <circle className="mark-report" cx={x} cy={y} r="3.5">
        <title>{children}</title>
      </circle>
    );
  return (
    <path className="mark-decision" d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`}>
      <title>{children}</title>
    </path>
  );
}
