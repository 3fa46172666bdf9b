/** What of the audit trail is looked for: an action, somebody, a unit, a period. */
import { Button, Input, NativeSelect } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { actionWord, actions } from '../audit-words';

export type AuditQuery = Record<string, string>;

const texts = ['who', 'unit'] as const;
const days = ['from', 'to'] as const;

export function AuditFilter({ onLook }: { onLook: (query: AuditQuery) => void }) {
  const { t } = useTranslation();
  const look = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value).trim()]);
    onLook(Object.fromEntries(given.filter(([, value]) => value !== '')) as AuditQuery);
  };
  return (
    <form className="audit-filter" onSubmit={look}>
      <label>
        {t('audit.what')}
        <NativeSelect name="what" size="xs" data-testid="audit-what">
          <option value="">{t('audit.all')}</option>
          {actions.map((action) => (
            <option key={action} value={action}>
              {actionWord(t, action)}
            </option>
          ))}
        </NativeSelect>
      </label>
      {texts.map((name) => (
        <label key={name}>
          {t(`audit.filter.${name}`)}
          <Input name={name} size="xs" data-testid={`audit-${name}`} autoComplete="off" />
        </label>
      ))}
      {days.map((name) => (
        <label key={name}>
          {t(`audit.filter.${name}`)}
          <Input name={name} type="date" size="xs" data-testid={`audit-${name}`} />
        </label>
      ))}
      <Button type="submit" size="xs" data-testid="audit-look">
        {t('audit.look')}
      </Button>
    </form>
  );
}
