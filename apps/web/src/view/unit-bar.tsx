/** Which area is shown, the choice of another without the map, and the way back to the country. */
import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { windowName } from '../format';
import { useLang } from '../i18n';
import { usePerson } from '../person';
import { useProvinces } from '../queries';
import { useUnitYear } from '../unit-year';
import { goTo, type Page } from '../use-page';
import { parseWindow } from '../window';

export function UnitBar({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { data: provinces } = useProvinces();
  const window = parseWindow(page.window);
  const person = usePerson();
  const isNational = person.level === 'country';
  const { data: commune } = useUnitYear(page.unit, page.window.slice(0, 4));
  const nameOf = (unit: string) =>
    unit === person.unit ? person.unitName : (provinces?.find(({ code }) => code === unit)?.fullName ?? commune?.name);
  const above = provinces?.find(({ code }) => code === commune?.province);
  const name = page.unit === 'VN' ? t('unit.country') : nameOf(page.unit);
  const names = [...(provinces ?? [])].sort((left, right) => left.name.localeCompare(right.name, 'vi'));
  return (
    <div className="unit-bar">
      <h2>
        {name ?? page.unit}
        {window && <span className="unit-window"> · {windowName(window, lang)}</span>}
      </h2>
      {above && person.level !== 'commune' && (
        <Button variant="default" size="xs" data-testid="province-of" onClick={() => goTo({ unit: above.code })}>
          <span aria-hidden="true">←&nbsp;</span>
          {t('communeYear.back', { name: above.name })}
        </Button>
      )}
      {isNational && page.unit !== 'VN' && (
        <Button variant="default" size="xs" data-testid="country" onClick={() => goTo({ unit: 'VN' })}>
          <span aria-hidden="true">←&nbsp;</span>
          {t('unit.back')}
        </Button>
      )}
      {isNational && (
        <NativeSelect
          data-testid="unit"
          size="xs"
          aria-label={t('unit.label')}
          value={page.unit}
          onChange={(event) => goTo({ unit: event.currentTarget.value })}
        >
          <option value="VN">{t('unit.country')}</option>
          {names.map(({ code, name: label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
