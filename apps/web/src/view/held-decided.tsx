/** What became of corrections: accepted or refused, by whom, when and why. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HeldCorrection } from '../api';
import { formatTime, windowName } from '../format';
import { useLang } from '../i18n';
import { useUnitName } from '../unit-names';
import { parseWindow } from '../window';
import { Change, IndicatorName } from './correction';

export function HeldDecided({ items, unit }: { items: HeldCorrection[]; unit: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useUnitName(unit);
  const monthName = (period: string) => {
    const month = parseWindow(period);
    return month ? windowName(month, lang) : period;
  };
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={t('held.title')}>
      <Table data-testid="held-decided">
        <Table.Thead>
          <Table.Tr>
            {(['unit', 'indicator', 'asked', 'outcome', 'reason'] as const).map((head) => (
              <Table.Th key={head} scope="col">
                {t(`held.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={item.id} data-testid={`decided-${item.id}`}>
              <Table.Th scope="row">
                {nameOf(item.unit)}
                <small className="history-month">{monthName(item.period)}</small>
              </Table.Th>
              <Table.Td>
                <IndicatorName code={item.indicator} />
              </Table.Td>
              <Table.Td className="held-change">
                <Change item={item} />
              </Table.Td>
              <Table.Td>
                <span className={item.decided?.decision === 'accepted' ? 'badge badge-yes' : 'badge badge-no'}>
                  {item.decided && t(`held.${item.decided.decision}`)}
                </span>
                <small className="history-month">
                  {item.decided && `${item.decided.by.name}, ${formatTime(item.decided.at, lang, 0)}`}
                </small>
              </Table.Td>
              <Table.Td>{item.decided?.reason ?? '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
