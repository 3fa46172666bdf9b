/** Who one is, for which unit and in which role, and the way out. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLeave, usePerson } from '../person';
import { SessionsButton } from './sessions';

export function Who() {
  const { t } = useTranslation();
  const { name, roles, unitName } = usePerson();
  const leave = useLeave();
  return (
    <div className="who" data-testid="who">
      <span>
        <strong>{name}</strong>
        <small>
          {unitName} · {roles.map((role) => t(`person.role.${role}`)).join(', ') || t('person.noRole')}
        </small>
      </span>
      <SessionsButton />
      <Button data-testid="sign-out" className="on-dark" variant="default" size="xs" onClick={leave}>
        {t('person.signOut')}
      </Button>
    </div>
  );
}
