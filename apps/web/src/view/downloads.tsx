/** What a panel shows, to take away: the same request answered as a workbook, as CSV, or as lines of JSON. */
import { useTranslation } from 'react-i18next';

const forms = [
  { suffix: 'xlsx', name: 'Excel' },
  { suffix: 'csv', name: 'CSV' },
  { suffix: 'ndjson', name: 'NDJSON' },
];

/** @param path of the list, without its end. @param of what is downloaded, for who cannot see where the links stand */
export function Downloads({ path, query, of }: { path: string; query: Record<string, string>; of: string }) {
  const { t } = useTranslation();
  const search = new URLSearchParams(query).toString();
  return (
    <p className="downloads">
      {t('downloads.label')}{' '}
      {forms.map(({ suffix, name }) => (
        <a
          key={suffix}
          href={`${path}.${suffix}?${search}`}
          download
          aria-label={t('downloads.of', { form: name, of })}
          data-testid={`download-${suffix}`}
        >
          {name}
        </a>
      ))}
    </p>
  );
}
