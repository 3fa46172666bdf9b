/** Figures that somebody is to ask about: how they are asked for, and why each is one in words. */
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { readSuspicious, type Suspicion } from './api-suspicious';
import { formatNumber } from './format';
import { useLang } from './i18n';
import { HEALING_MS, useIndicators } from './queries';
import { keys } from './query-keys';

/** Of a province with its communes. Each look is an entry of the audit trail. */
export const useSuspicious = (unit: string, window: string, isAsked: boolean) =>
  useQuery({
    queryKey: keys.suspicious(unit, window),
    queryFn: ({ signal }) => readSuspicious(unit, window, signal),
    enabled: isAsked,
    refetchInterval: HEALING_MS,
  });

/** Why, in a sentence. */
export function useSuspicionWords(): (suspicion: Suspicion) => string {
  const { t } = useTranslation();
  const lang = useLang();
  const indicators = useIndicators();
  return ({ reason, field, compared, against }) => {
    const other = indicators?.get(against ?? '');
    return t(`suspicious.reason.${reason}`, {
      field: t(`suspicious.field.${field}`),
      compared: formatNumber(compared, lang),
      other: (lang === 'vi' ? other?.name_vi : other?.name_en) ?? against ?? '',
    });
  };
}
