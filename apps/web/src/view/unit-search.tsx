/** The field that narrows a list of units by name or code (search.ts says what matches). */
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export function UnitSearch(props: { query: string; onQuery: (query: string) => void; testId: string }) {
  const { t } = useTranslation();
  return (
    <TextInput
      type="search"
      size="xs"
      data-testid={props.testId}
      aria-label={t('communes.filter')}
      placeholder={`${t('communes.filter')}. ${t('communes.filterHint')}`}
      value={props.query}
      onChange={(event) => props.onQuery(event.currentTarget.value)}
    />
  );
}
