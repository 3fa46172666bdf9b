/** Chooses between a map and the table with the same figures; the address holds which. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { goTo } from '../use-page';

export function MapOrTable({ asTable }: { asTable: boolean }) {
  const { t } = useTranslation();
  return (
    <Button
      data-testid="map-as-table"
      variant="default"
      size="compact-xs"
      aria-pressed={asTable}
      onClick={() => goTo({ asTable: !asTable })}
    >
      {t(asTable ? 'map.asMap' : 'map.asTable')}
    </Button>
  );
}
