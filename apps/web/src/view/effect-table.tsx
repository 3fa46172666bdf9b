/** What a correction changes: of the commune, the province and the country, and each window that its month is part of. */
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Effect } from '../api';
import { formatDifference, formatFigure, formatPercent, windowName } from '../format';
import { useLang } from '../i18n';
import { useUnitName } from '../unit-names';
import { parseWindow } from '../window';

const heads = ['level', 'window', 'was', 'will', 'difference'] as const;

export function EffectTable({ effect, province }: { effect: readonly Effect[]; province: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useUnitName(province);
  const said = (figure: Effect['before']) => {
    if (figure === undefined) return t('held.hidden');
    if (figure === null) return t('history.nothing');
    const percent = figure.percent === null ? '' : ` (${formatPercent(figure.percent, lang)})`;
    return `${formatFigure(figure, lang)}${percent}`;
  };
  return (
    <div className="table-box effect" tabIndex={0} role="region" aria-label={t('held.effect')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head} scope="col">
                {t(`held.${head}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effect.map(({ unit, window: code, before, after, difference }) => {
            const window = parseWindow(code);
            return (
              <Table.Tr key={`${unit}${code}`}>
                <Table.Th scope="row">{nameOf(unit)}</Table.Th>
                <Table.Td>{window ? windowName(window, lang) : code}</Table.Td>
                <Table.Td>{said(before)}</Table.Td>
                <Table.Td>
                  <b>{said(after)}</b>
                </Table.Td>
                <Table.Td>{formatDifference(difference, lang)}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}
