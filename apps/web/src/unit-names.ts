/** What units are called, of those that a figure is made of: a province's communes, or all of them with their provinces. */
import { useTranslation } from 'react-i18next';
import { usePerson } from './person';
import { useCommunesOf, useProvinces } from './queries';

/** @param unit whose figure it is; a unit whose name is not known (yet) is called by its code */
export function useUnitName(unit: string): (code: string) => string {
  const { t } = useTranslation();
  const { unit: own, unitName } = usePerson();
  const { data: provinces } = useProvinces();
  const { data: communes } = useCommunesOf(unit);
  return (code) => {
    if (code === 'VN') return t('unit.country');
    const province = provinces?.find((each) => each.code === code);
    const known = province ?? communes?.get(code);
    if (!known) return code === own ? unitName : code;
    const above = unit === 'VN' && provinces?.find((each) => each.code === known.parent);
    return above ? `${known.fullName}, ${above.name}` : known.fullName;
  };
}

/** A unit's name without what kind of unit it is, by which it is sorted, and with it. */
export interface NamedUnit {
  name: string;
  fullName: string;
}

/** @param province whose communes are meant, and itself */
export function useNamedUnit(province: string): (code: string) => NamedUnit {
  const { data: communes } = useCommunesOf(province);
  const fullNameOf = useUnitName(province);
  return (code) => communes?.get(code) ?? { name: fullNameOf(code), fullName: fullNameOf(code) };
}
