/** A province's calendar of reports: closed until it is asked for, and in the address when it is open. */
import { Button } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo, type Page } from '../use-page';
import { Loading } from './notice';

const CalendarTable = lazy(async () => ({ default: (await import('./calendar-table')).CalendarTable }));

/** @param page of a province */
export function CalendarPanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const year = page.window.slice(0, 4);
  return (
    <section className="panel" aria-labelledby="calendar-title" data-testid="calendar">
      <div className="panel-head">
        <h3 id="calendar-title">{t('calendar.title', { year })}</h3>
        <Button
          size="xs"
          variant="default"
          data-testid="calendar-toggle"
          aria-expanded={page.calendar}
          onClick={() => goTo({ calendar: !page.calendar })}
        >
          {t(page.calendar ? 'calendar.close' : 'calendar.open')}
        </Button>
      </div>
      {page.calendar && (
        <Suspense fallback={<Loading height={420} />}>
          <CalendarTable unit={page.unit} year={year} window={page.window} />
        </Suspense>
      )}
    </section>
  );
}
