/** Who one is, for which unit and in which role, and the way out. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { signOut } from '../api';
import { usePerson } from '../person';

export function Who() {
  const { t } = useTranslation();
  const { name, roles, unitName } = usePerson();
  const client = useQueryClient();
  // What was shown to one is not shown to the next.
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => client.resetQueries() });
  return (
    <div className="who" data-testid="who">
      <span>
        <strong>{name}</strong>
        <small>
          {unitName} · {roles.map((role) => t(`person.role.${role}`)).join(', ') || t('person.noRole')}
        </small>
      </span>
      <Button
        data-testid="sign-out"
        className="on-dark"
        variant="default"
        size="xs"
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t('person.signOut')}
      </Button>
    </div>
  );
}
