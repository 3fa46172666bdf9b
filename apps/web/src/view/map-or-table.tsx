/** Chooses between a map and the table with the same figures. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function MapOrTable({ asTable, choose }: { asTable: boolean; choose: (asTable: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Button
      data-testid="map-as-table"
      variant="default"
      size="compact-xs"
      aria-pressed={asTable}
      onClick={() => choose(!asTable)}
    >
      {t(asTable ? 'map.asMap' : 'map.asTable')}
    </Button>
  );
}
