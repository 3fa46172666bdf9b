/** How far the reports of a province's or a commune's window are, at a glance, and until when they are due. */
import { useTranslation } from 'react-i18next';
import type { Completeness } from '../api';
import { formatDay, formatNumber, windowName, type Lang } from '../format';
import { useLang } from '../i18n';
import { useCompleteness } from '../queries';
import { timeLeft } from '../time-left';
import { useNow } from '../use-now';
import type { Page } from '../use-page';
import { parseWindow, vietnamDay } from '../window';
import { Failed, Loading } from './notice';

/** @param page of a province or a commune */
export function ReportStatus({ page: { unit, window } }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data, error, refetch } = useCompleteness(unit, window);
  const shown = parseWindow(window);
  const name = shown ? windowName(shown, lang) : window;
  return (
    <section className="panel home" aria-labelledby="home-title" data-testid="home">
      <h3 id="home-title">{t('home.title', { window: lang === 'vi' ? name.toLocaleLowerCase('vi') : name })}</h3>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={40} />}
      {data && data.expected > 0 && <Line reports={data} isCommune={unit.length === 5} />}
      {data?.deadlines && <Due reports={data} deadlines={data.deadlines} isCommune={unit.length === 5} />}
    </section>
  );
}

const parts = ['complete', 'late', 'partial', 'missing'] as const;

function Line({ reports, isCommune }: { reports: Completeness; isCommune: boolean }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (isCommune && reports.expected === 1)
    return (
      <p className="home-line" data-testid="home-status">
        <strong>{t(`home.one.${onlyStatus(reports)}`)}</strong>
      </p>
    );
  const counts = parts.map((part) => t(`home.${part}`, { n: formatNumber(reports[part], lang) }));
  return (
    <>
      <p className="home-line" data-testid="home-status" title={t('home.hint')}>
        <strong>
          {t('home.sent', {
            reported: formatNumber(reports.reported, lang),
            expected: formatNumber(reports.expected, lang),
          })}
        </strong>
        {counts.map((count) => ` · ${count}`)}
      </p>
      <Bar reports={reports} />
    </>
  );
}

const onlyStatus = ({ onTime, late, partial }: Completeness) =>
  onTime > 0 ? 'onTime' : late > 0 ? 'late' : partial > 0 ? 'partial' : 'missing';

/** The line's counts as one bar; the line says the same in words. */
function Bar({ reports: { expected, onTime, late, partial } }: { reports: Completeness }) {
  const widths = [
    ['on-time', onTime],
    ['late', late],
    ['partial', partial],
  ] as const;
  let x = 0;
  return (
    <svg className="home-bar" viewBox={`0 0 ${expected} 1`} preserveAspectRatio="none" aria-hidden="true">
      {widths.map(([status, width]) => {
        const from = x;
        x += width;
        return <rect key={status} className={`home-bar-${status}`} x={from} width={width} height="1" />;
      })}
    </svg>
  );
}

/** Minutes are said: twice a minute is often enough. */
const LOOK_MS = 30_000;

interface DueProps {
  reports: Completeness;
  deadlines: NonNullable<Completeness['deadlines']>;
  isCommune: boolean;
}

function Due({ reports, deadlines, isCommune }: DueProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const now = useNow(LOOK_MS);
  const left = timeLeft(deadlines.commune, now);
  const isDone = reports.complete === reports.expected;
  const state = isDone ? 'done' : left.isOver ? 'over' : 'ahead';
  const due = t('home.due', { day: dayOf(deadlines.commune, lang) });
  const how = t(`home.${left.isOver ? 'over' : 'left'}.${left.in}`, { ...left });
  const own = isCommune ? '' : ` · ${t('home.dueOwn', { day: dayOf(deadlines.province, lang) })}`;
  return (
    <p className="home-due" data-testid="home-due" data-state={state}>
      {state === 'ahead' && `${due}, ${how}${own}`}
      {state === 'over' && (
        <>
          <strong>{how}</strong> ({due.toLocaleLowerCase(lang)}
          {own})
        </>
      )}
      {state === 'done' && `✓ ${t('home.done')} (${due.toLocaleLowerCase(lang)}${own})`}
    </p>
  );
}

const dayOf = (instant: string, lang: Lang): string => formatDay(vietnamDay(new Date(instant)), lang);
