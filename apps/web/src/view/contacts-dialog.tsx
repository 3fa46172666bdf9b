/** Where a unit is reminded: seen and changed by whoever may. The secret of a webhook is shown once, where it was made. */
import { Alert, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Contacts } from '../api';
import { formatTime } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useCommunes, useContacts, useProvinces, useSaveContacts } from '../queries';
import { Failed, Loading } from './notice';

/**
 * @param shown the unit that the page shows: itself, or a commune under it, can be chosen
 * @param first the unit that is chosen at first
 */
export function ContactsDialog({ shown, first, close }: { shown: string; first: string; close: () => void }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const [unit, setUnit] = useState(first);
  const units = useChoice(shown, first);
  const { data, error, refetch } = useContacts(unit);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="contacts-title" data-testid="contacts" onClose={close}>
      <div className="panel-head">
        <h3 id="contacts-title">{t('contacts.title')}</h3>
        <Button size="xs" variant="default" data-testid="close-contacts" onClick={() => dialog.current?.close()}>
          {t('contacts.close')}
        </Button>
      </div>
      <p>{t('contacts.lead')}</p>
      <NativeSelect
        data-testid="contacts-unit"
        label={t('contacts.unit')}
        size="xs"
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value)}
        data={units}
      />
      {error && !data && <Failed error={error} retry={refetch} />}
      {!data && !error && <Loading height={160} />}
      {data && <Saving key={unit} contacts={data} />}
    </dialog>
  );
}

/** The unit that is shown and the communes under it, in order of their names. */
function useChoice(shown: string, first: string): { value: string; label: string }[] {
  const { unit: own, unitName } = usePerson();
  const { data: provinces } = useProvinces();
  const { data: communes } = useCommunes(/^\d{2}$/.test(shown) ? shown : undefined);
  const nameOf = (code: string) =>
    code === own ? unitName : (provinces?.find((each) => each.code === code)?.fullName ?? code);
  const under = [...(communes ?? [])].sort((left, right) => left.name.localeCompare(right.name, 'vi'));
  const all = [
    ...(shown === 'VN' ? [] : [{ value: shown, label: nameOf(shown) }]),
    ...under.map(({ code, fullName }) => ({ value: code, label: fullName })),
  ];
  return all.some(({ value }) => value === first) ? all : [{ value: first, label: nameOf(first) }, ...all];
}

/** What was saved, and why not; the form below begins anew with what is kept by now. */
function Saving({ contacts }: { contacts: Contacts }) {
  const { t } = useTranslation();
  const save = useSaveContacts();
  const secret = save.data?.secret;
  const isStale = save.error instanceof ApiError && save.error.code === 'CONTACTS_CHANGED';
  return (
    <>
      {save.error && (
        <Alert color={isStale ? 'orange' : 'red'} title={t('contacts.failed')} data-testid="contacts-failed">
          {isStale ? t('contacts.changed') : save.error.message}
        </Alert>
      )}
      <p role="status" className="follow" data-testid="contacts-saved">
        {save.isSuccess && t('contacts.saved')}
      </p>
      {secret !== undefined && (
        <Alert color="blue" title={t('contacts.secret')}>
          <code data-testid="webhook-secret">{secret}</code>
        </Alert>
      )}
      <Form key={contacts.revision} contacts={contacts} busy={save.isPending} save={save.mutate} />
    </>
  );
}

interface FormProps {
  contacts: Contacts;
  busy: boolean;
  save: ReturnType<typeof useSaveContacts>['mutate'];
}

function Form({ contacts: { unit, revision, updatedAt, ...kept }, busy, save }: FormProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const [emails, setEmails] = useState(kept.emails.join('\n'));
  const [webhook, setWebhook] = useState(kept.webhook ?? '');
  const [newSecret, setNewSecret] = useState(false);
  const send = () => {
    const lines = emails.split(/[\n,;]/).map((line) => line.trim());
    const address = webhook.trim();
    save({ unit, revision, emails: lines.filter(Boolean), webhook: address === '' ? null : address, newSecret });
  };
  return (
    <form
      className="contacts-form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Textarea
        data-testid="contacts-emails"
        label={t('contacts.emails')}
        rows={3}
        value={emails}
        onChange={(event) => setEmails(event.currentTarget.value)}
      />
      <TextInput
        data-testid="contacts-webhook"
        label={t('contacts.webhook')}
        value={webhook}
        onChange={(event) => setWebhook(event.currentTarget.value)}
      />
      {kept.webhook !== null && (
        <label>
          <input type="checkbox" checked={newSecret} onChange={(event) => setNewSecret(event.currentTarget.checked)} />{' '}
          {t('contacts.newSecret')}
        </label>
      )}
      <Button type="submit" size="xs" loading={busy} data-testid="save-contacts">
        {t('contacts.save')}
      </Button>
      {updatedAt !== null && <small>{t('contacts.updated', { at: formatTime(updatedAt, lang, Date.now()) })}</small>}
    </form>
  );
}
