/** Whom reminders of a month went to, when, and what became of them; what somebody has to look at can be shown alone. */
import { Button, NativeSelect, Table } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reminder } from '../api';
import { formatNumber, formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useReminders } from '../queries';
import { groupOf, groups, isIn, monthOf, stateWords, stepWords, type Group } from '../reminder-words';
import { mayDo } from '../shown-unit';
import type { Page } from '../use-page';
import { parseWindow } from '../window';
import { ContactsDialog } from './contacts-dialog';
import { Failed, Loading } from './notice';

export function Reminders({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const period = monthOf(page.window, new Date());
  const month = parseWindow(period);
  const mayEdit = mayDo(usePerson(), 'contacts.edit');
  const { data, error, refetch } = useReminders(page.unit, period);
  const [group, setGroup] = useState<Group>('all');
  const [edited, setEdited] = useState<string>();
  const shown = data?.filter((each) => isIn(group, each)) ?? [];
  return (
    <section className="panel" aria-labelledby="reminders-title" data-testid="reminders">
      <div className="panel-head">
        <h3 id="reminders-title">{t('reminders.title')}</h3>
        <NativeSelect
          data-testid="reminders-filter"
          aria-label={t('reminders.filter')}
          size="xs"
          value={group}
          onChange={(event) => setGroup(event.currentTarget.value as Group)}
          data={groups.map((value) => ({ value, label: t(`reminders.only.${value}`) }))}
        />
        {mayEdit && page.unit !== 'VN' && (
          <Button size="xs" variant="default" data-testid="contacts-button" onClick={() => setEdited(page.unit)}>
            {t('reminders.contacts')}
          </Button>
        )}
      </div>
      <p className="lead">{t('reminders.lead', { month: month ? windowName(month, lang) : period })}</p>
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={90} />}
      {data?.length === 0 && <p className="empty">{t('reminders.empty')}</p>}
      {data && data.length > 0 && (
        <>
          <Counts items={data} />
          {shown.length === 0 ? (
            <p className="empty">{t('reminders.nothing')}</p>
          ) : (
            <List items={shown} onEdit={mayEdit ? setEdited : undefined} />
          )}
        </>
      )}
      {edited !== undefined && <ContactsDialog shown={page.unit} first={edited} close={() => setEdited(undefined)} />}
    </section>
  );
}

function Counts({ items }: { items: Reminder[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  const count = (group: Group) => formatNumber(items.filter((each) => isIn(group, each)).length, lang);
  const counts = {
    sent: count('sent'),
    waiting: count('waiting'),
    trouble: count('trouble'),
    nowhere: count('nowhere'),
  };
  return (
    <p role="status" className="follow" data-testid="reminder-counts">
      {t('reminders.counts', counts)}
    </p>
  );
}

function List({ items, onEdit }: { items: Reminder[]; onEdit: ((unit: string) => void) | undefined }) {
  const { t } = useTranslation();
  const heads = ['unit', 'step', 'channel', 'to', 'at', 'outcome'] as const;
  return (
    <div className="table-box table-reminders" tabIndex={0} role="region" aria-label={t('reminders.title')}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {t(`reminders.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Row key={item.id} item={item} onEdit={onEdit} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const badges = {
  sent: 'badge badge-yes',
  waiting: 'badge badge-open',
  trouble: 'badge badge-no',
  nowhere: 'badge badge-open',
} as const;

function Row({ item, onEdit }: { item: Reminder; onEdit: ((unit: string) => void) | undefined }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { id, unit, name, channel, state, to, reason, plannedAt, settledAt } = item;
  const at = settledAt ?? plannedAt;
  return (
    <Table.Tr data-testid={`reminder-${id}`} data-state={state}>
      <Table.Th scope="row">
        {name}
        <small>{unit}</small>
        {onEdit && (
          <Button variant="subtle" size="compact-xs" data-testid={`contacts-${id}`} onClick={() => onEdit(unit)}>
            {t('reminders.contacts')}
          </Button>
        )}
      </Table.Th>
      <Table.Td>{stepWords(t, item)}</Table.Td>
      <Table.Td>{t(`reminders.channels.${channel}`)}</Table.Td>
      <Table.Td className="reminder-to">{to?.join(', ') ?? '–'}</Table.Td>
      <Table.Td className="audit-time">
        <time dateTime={at}>{formatTime(at, lang, Date.now())}</time>
      </Table.Td>
      <Table.Td>
        <span className={badges[groupOf(item)]}>{stateWords(t, state)}</span>
        {reason !== undefined && <small>{reason}</small>}
      </Table.Td>
    </Table.Tr>
  );
}
