/** The form of a month over the page: as the month stands, with what keeps it from being entered. */
import { Alert, Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useReportForm, type Sent } from '../entry-queries';
import { useMonthName } from '../entry-words';
import { formatDay } from '../format';
import { useLang } from '../i18n';
import { useIndicators } from '../queries';
import { Dialog } from './dialog';
import { EntryForm } from './entry-form';
import { Failed, Loading } from './notice';

interface Props {
  unit: string;
  period: string;
  sent: (sent: Sent) => void;
  close: () => void;
}

export function EntryDialog({ unit, period, sent, close }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const monthName = useMonthName();
  const indicators = useIndicators();
  const leaving = useRef<() => boolean>(() => true);
  const { data: form, error, refetch } = useReportForm(unit, period);
  const title = t('entry.title', { month: monthName(period), name: form?.name ?? unit });
  return (
    <Dialog testId="entry" title={title} isWide close={close} mayClose={() => leaving.current()}>
      {error && !form && <Failed error={error} retry={refetch} />}
      {(!form || !indicators) && !error && <Loading height={420} />}
      {form && (
        <p className="lead">
          {t('entry.due', { day: formatDay(dayOf(form.deadline), lang) })} {t('entry.lead')}
        </p>
      )}
      {form?.isLocked && (
        <Alert color="orange" title={t('entry.locked')} data-testid="entry-locked">
          {t('entry.lockedLead')}
        </Alert>
      )}
      {form && !form.isConfigured && (
        <Alert color="orange" title={t('entry.off')} data-testid="entry-off">
          {t('entry.offLead')}
        </Alert>
      )}
      {form && indicators && (
        <EntryForm
          begun={form}
          indicators={indicators}
          again={async () => (await refetch()).data}
          sent={sent}
          leaving={leaving}
          close={close}
        />
      )}
      {!form && (
        <Button size="xs" variant="default" onClick={close}>
          {t('entry.cancel')}
        </Button>
      )}
    </Dialog>
  );
}

/** A deadline is the last instant of its day in Việt Nam, whose day it is in UTC too. */
const dayOf = (deadline: string): string => deadline.slice(0, 10);
