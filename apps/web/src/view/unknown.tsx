/** An address that asks for a unit, a window or an indicator that there is not: said plainly, with the way to what there is. */
import { Alert, Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api';
import type { Unknown } from '../page-state';
import { useIndicators, useProvinces } from '../queries';
import { useUnitYear } from '../unit-year';
import { goTo, type Page } from '../use-page';
import { useTitle } from '../use-title';

/** A province is known once the list of them is, a commune once its year is, an indicator once the catalogue is; until then each is taken to be one. */
export function useUnknown({ unit, unknown, window, indicator }: Page): Unknown | undefined {
  const { data: provinces } = useProvinces();
  const indicators = useIndicators();
  const { error } = useUnitYear(unit, window.slice(0, 4));
  if (unknown) return unknown;
  // Of a commune elsewhere nobody is told that there is one.
  if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return { what: 'unit', asked: unit };
  if (indicator && indicators?.has(indicator) === false) return { what: 'indicator', asked: indicator };
  const isMissing = unit !== 'VN' && provinces?.every(({ code }) => code !== unit);
  return isMissing && /^\d{2}$/.test(unit) ? { what: 'unit', asked: unit } : undefined;
}

export function UnknownNotice({ unknown: { what, asked } }: { unknown: Unknown }) {
  const { t } = useTranslation();
  const title = t(`unknown.${what}`, { asked });
  useTitle([title]);
  const next = what === 'unit' ? { unit: 'VN' } : { [what]: undefined };
  return (
    <Alert color="orange" className="failed" role="alert" data-testid="unknown" title={title}>
      <p>{t(`unknown.${what}Detail`)}</p>
      <Button size="xs" variant="default" onClick={() => goTo(next)}>
        {t(`unknown.${what}Next`)}
      </Button>
    </Alert>
  );
}
