/** A month of a province, or a commune's part of it: open or locked, who submitted, and for its signers submitting, locking and reopening. */
import { Button, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Month } from '../api';
import { formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useDecideMonth, useMonth } from '../queries';
import { monthOf } from '../reminder-words';
import { mayDo } from '../shown-unit';
import { useUnitName } from '../unit-names';
import type { Page } from '../use-page';
import { parseWindow } from '../window';
import { DecisionForm, WhyNot } from './decision-form';
import { Dialog } from './dialog';
import { LockDialog } from './lock-dialog';
import { Failed, Loading } from './notice';

/** @param page of a province or a commune */
export function MonthPanel({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const period = monthOf(page.window, new Date());
  const window = parseWindow(period);
  const name = window ? windowName(window, lang).toLocaleLowerCase(lang === 'vi' ? 'vi' : undefined) : period;
  const title = lang === 'vi' || !window ? name : windowName(window, lang);
  const { data, error, refetch } = useMonth(page.unit, period);
  return (
    <section className="panel" aria-labelledby="month-title" data-testid="month" data-state={data?.state}>
      <div className="panel-head">
        <h3 id="month-title">
          {t('month.title', { month: title })}{' '}
          {data && (
            <span className={data.state === 'locked' ? 'badge badge-yes' : 'badge badge-open'}>
              {t(`month.${data.state}`)}
            </span>
          )}
        </h3>
        {data && <Actions month={data} name={title} />}
      </div>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={60} />}
      {data && <State month={data} />}
      {data && <Submitted month={data} />}
    </section>
  );
}

function State({ month: { unit, state, lockedAt, by, cutOff, held } }: { month: Month }) {
  const { t } = useTranslation();
  const lang = useLang();
  const open = unit.length === 2 ? 'month.openLead' : 'month.openLeadCommune';
  return (
    <p className="lead">
      {state === 'open'
        ? t(open)
        : t('month.lockedLead', {
            at: formatTime(lockedAt ?? '', lang, 0),
            by: by?.name ?? '',
            cutOff: formatTime(cutOff, lang, 0),
          })}
      {held > 0 && <strong> {t('month.held', { n: formatNumber(held, lang) })}.</strong>}
    </p>
  );
}

function Submitted({ month: { unit, submitted } }: { month: Month }) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useUnitName(unit);
  if (submitted.length === 0) return <p className="empty">{t('month.submittedNone')}</p>;
  return (
    <details className="submitted" open={submitted.length <= 3}>
      <summary>{t('month.submitted', { n: formatNumber(submitted.length, lang) })}</summary>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('month.submitted', { n: submitted.length })}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['unit', 'by', 'at', 'state'] as const).map((head) => (
                <Table.Th key={head} scope="col">
                  {t(`month.${head}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {submitted.map((each) => (
              <Table.Tr key={each.unit} data-testid={`submitted-${each.unit}`}>
                <Table.Th scope="row">{nameOf(each.unit)}</Table.Th>
                <Table.Td>{each.by.name}</Table.Td>
                <Table.Td>{formatTime(each.at, lang, 0)}</Table.Td>
                <Table.Td>
                  <span className={each.isCurrent ? 'badge badge-yes' : 'badge badge-no'}>
                    {t(each.isCurrent ? 'month.isCurrent' : 'month.isOlder')}
                  </span>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </details>
  );
}

/** For whoever may; nobody else sees a button. */
function Actions({ month, name }: { month: Month; name: string }) {
  const { t } = useTranslation();
  const person = usePerson();
  const [dialog, setDialog] = useState<'lock' | 'reopen'>();
  const close = () => setDialog(undefined);
  const decides = mayDo(person, 'months.decide') && person.level !== 'commune' && month.unit.length === 2;
  const isOpen = month.state === 'open';
  return (
    <div className="month-actions">
      {isOpen && mayDo(person, 'months.submit') && person.unit === month.unit && <Submit month={month} />}
      {isOpen && decides && (
        <Button size="xs" data-testid="lock" onClick={() => setDialog('lock')}>
          {t('month.lock')}
        </Button>
      )}
      {!isOpen && decides && (
        <Button size="xs" variant="default" data-testid="reopen" onClick={() => setDialog('reopen')}>
          {t('month.reopen')}
        </Button>
      )}
      {dialog === 'lock' && <LockDialog unit={month.unit} period={month.period} name={name} close={close} />}
      {dialog === 'reopen' && <ReopenDialog month={month} name={name} close={close} />}
    </div>
  );
}

function Submit({ month: { unit, period, ownFigures } }: { month: Month }) {
  const { t } = useTranslation();
  const { unitName } = usePerson();
  const { mutate, isPending, isSuccess, error } = useDecideMonth(unit, period);
  return (
    <>
      <Button
        size="xs"
        variant="default"
        data-testid="submit-month"
        title={t('month.submitHint')}
        loading={isPending}
        onClick={() => mutate({ what: 'submit', figures: ownFigures })}
      >
        {t('month.submit', { unit: unitName })}
      </Button>
      <WhyNot error={error} />
      <span role="status" className="follow">
        {isSuccess && t('month.submitDone')}
      </span>
    </>
  );
}

function ReopenDialog({ month: { unit, period }, name, close }: { month: Month; name: string; close: () => void }) {
  const { t } = useTranslation();
  const nameOf = useUnitName(unit);
  const { mutate, isPending, error } = useDecideMonth(unit, period);
  return (
    <Dialog testId="reopen-dialog" title={t('month.reopenTitle', { month: name, unit: nameOf(unit) })} close={close}>
      <p>{t('month.reopenLead')}</p>
      <DecisionForm
        reason="needed"
        label={t('month.reopenNow')}
        testId="reopen-now"
        busy={isPending}
        error={error}
        decide={(reason) => mutate({ what: 'reopen', reason }, { onSuccess: close })}
        cancel={close}
      />
    </Dialog>
  );
}
