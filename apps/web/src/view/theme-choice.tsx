/** Light, dark, or as the system has it. */
import { NativeSelect, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { schemes } from '../kept-scheme';

export function ThemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <NativeSelect
      data-testid="theme"
      className="theme-choice"
      size="xs"
      aria-label={t('theme.label')}
      title={t('theme.label')}
      value={colorScheme}
      onChange={(event) => {
        const chosen = schemes.find((scheme) => scheme === event.currentTarget.value);
        if (chosen) setColorScheme(chosen);
      }}
      data={schemes.map((value) => ({ value, label: t(`theme.${value}`) }))}
    />
  );
}
