/** Opens the form of a month from a commune's year, and says what became of what was sent. For who reports for the commune. */
import { Button, UnstyledButton } from '@mantine/core';
import { createContext, lazy, Suspense, use, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useArrival, type Sent } from '../entry-queries';
import { useMonthName } from '../entry-words';
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { mayDo } from '../shown-unit';
import type { UnitYear, YearMonth } from '../unit-year';
import { Loading } from './notice';

const EntryDialog = lazy(async () => ({ default: (await import('./entry-dialog')).EntryDialog }));

/** Undefined: he does not report. */
const Opener = createContext<((period: string) => void) | undefined>(undefined);

/** @param shown the month that the page shows, if it shows one */
export function EntryOpener({ year, shown, children }: { year: UnitYear; shown: string; children: ReactNode }) {
  const isReporter = mayDo(usePerson(), 'events.publish');
  const [period, open] = useState<string>();
  const [sent, setSent] = useState<Sent>();
  if (!isReporter) return children;
  return (
    <Opener value={open}>
      <Begin year={year} shown={shown} />
      <Outcome year={year} sent={sent} />
      {children}
      {period !== undefined && (
        <Suspense fallback={<Loading height={60} />}>
          <EntryDialog
            unit={year.unit}
            period={period}
            sent={(report) => {
              setSent(report);
              open(undefined);
            }}
            close={() => open(undefined)}
          />
        </Suspense>
      )}
    </Opener>
  );
}

const isBegun = ({ status }: YearMonth): boolean => status !== 'ahead';

/** The month that is shown where it has begun, else the newest that has. */
function Begin({ year, shown }: { year: UnitYear; shown: string }) {
  const { t } = useTranslation();
  const open = use(Opener);
  const monthName = useMonthName();
  const begun = year.months.filter(isBegun);
  const month = begun.find(({ period }) => period === shown) ?? begun.at(-1);
  if (!month) return null;
  return (
    <p className="entry-begin">
      <Button size="xs" data-testid="enter-month" aria-haspopup="dialog" onClick={() => open?.(month.period)}>
        {t('entry.open', { month: monthName(month.period) })}
      </Button>
    </p>
  );
}

/** Of a month's column. */
export function EntryButton({ month }: { month: YearMonth }) {
  const { t } = useTranslation();
  const open = use(Opener);
  const monthName = useMonthName();
  if (!open || !isBegun(month)) return null;
  return (
    <UnstyledButton
      className="link entry-open"
      data-testid={`enter-${month.period}`}
      aria-haspopup="dialog"
      aria-label={t('entry.open', { month: monthName(month.period) })}
      onClick={() => open(month.period)}
    >
      {t('entry.openShort')}
    </UnstyledButton>
  );
}

function Outcome({ year, sent }: { year: UnitYear; sent: Sent | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  const monthName = useMonthName();
  const isThere = useArrival(year.unit, year, sent?.report);
  if (!sent) return <p role="status" className="entry-outcome" />;
  const { cells, period } = sent.report;
  const words = cells.some(({ isHeld }) => isHeld) ? 'doneHeld' : sent.isQuiet ? 'doneQuiet' : 'done';
  return (
    <p role="status" className="entry-outcome" data-testid="entered" data-arrived={isThere}>
      {t(`entry.${words}`, { n: formatNumber(cells.length, lang), month: monthName(period) })}{' '}
      {t(isThere ? 'entry.arrived' : 'entry.arriving')}
    </p>
  );
}
