/** An address that asks for a unit or a window that there is not: said plainly, with the way to what there is. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Unknown } from '../page-state';
import { useProvinces } from '../queries';
import { goTo, type Page } from '../use-page';

/** A province is known once the list of them is; until then it is taken to be one. */
export function useUnknown({ unit, unknown }: Page): Unknown | undefined {
  const { data: provinces } = useProvinces();
  if (unknown) return unknown;
  const isMissing = unit !== 'VN' && provinces?.every(({ code }) => code !== unit);
  return isMissing && /^\d{2}$/.test(unit) ? { what: 'unit', asked: unit } : undefined;
}

export function UnknownNotice({ unknown: { what, asked } }: { unknown: Unknown }) {
  const { t } = useTranslation();
  const next = what === 'unit' ? { unit: 'VN' } : { window: undefined };
  return (
    <Alert color="orange" className="failed" role="alert" data-testid="unknown" title={t(`unknown.${what}`, { asked })}>
      <p>{t(`unknown.${what}Detail`)}</p>
      <Button size="xs" variant="default" onClick={() => goTo(next)}>
        {t(`unknown.${what}Next`)}
      </Button>
    </Alert>
  );
}
