/** Copies a list of units, as it is shown. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyList } from '../copied-list';
import { formatNumber } from '../format';
import { useLang } from '../i18n';

export function CopyUnits({ rows }: { rows: readonly { fullName: string; unit: string }[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  const [said, say] = useState('');
  const copy = () =>
    say(copyList(rows) ? t('work.copied', { n: formatNumber(rows.length, lang) }) : t('work.notCopied'));
  return (
    <>
      <Button size="xs" variant="default" data-testid="work-copy" disabled={rows.length === 0} onClick={copy}>
        {t('work.copy')}
      </Button>
      <span role="status" data-testid="work-copied">
        {said}
      </span>
    </>
  );
}
