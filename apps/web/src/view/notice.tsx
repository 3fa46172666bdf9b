/** What stands in a panel while there is nothing to show: loading, or an error with the service's own words and a way to try again. */
import { Alert, Button, Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function Loading({ height }: { height: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('state.loading')}>
      <Skeleton height={height} />
    </div>
  );
}

export function Failed({ error, retry }: { error: Error; retry: () => unknown }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('state.failed')} className="failed">
      <p>{error.message}</p>
      <Button size="xs" variant="default" onClick={() => retry()}>
        {t('state.retry')}
      </Button>
    </Alert>
  );
}
