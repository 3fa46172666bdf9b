/** While one signs out, and where the service does not answer: nothing is shown any more, but the session is still open. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Loading } from './notice';

export function Leaving({ error, retry }: { error: Error | null; retry: () => void }) {
  const { t } = useTranslation();
  if (!error) return <Loading height={430} />;
  return (
    <main id="main" tabIndex={-1} className="sign-in" data-testid="not-left">
      <Alert color="red" title={t('person.notLeft')}>
        <p>{t('person.notLeftDetail')}</p>
        <Button size="xs" variant="default" data-testid="sign-out-again" onClick={retry}>
          {t('state.retry')}
        </Button>
      </Alert>
    </main>
  );
}
