/** The fields of one cell: its numbers, its categories where it has any, what it said before, and what is wrong. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { FormCell } from '../api-entry';
import {
  fieldsOf,
  needsBreakdown,
  placeOf,
  type CellFault,
  type Change,
  type FieldName,
  type Texts,
} from '../entry-cells';
import { faultWords, useNameOf } from '../entry-words';
import { formatFigure } from '../format';
import { useLang } from '../i18n';

interface Props {
  indicator: Indicator;
  cell: FormCell | undefined;
  texts: Texts;
  change: Change | undefined;
  fault: CellFault | undefined;
  type: (more: Texts) => void;
  /** The focus has left the cell. */
  leave: () => void;
}

export function EntryCellFields({ indicator, cell, texts, change, fault, type, leave }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useNameOf();
  const { code, breakdown = [] } = indicator;
  const isWithin = fault !== undefined && !fault.place.startsWith(`${code}||`);
  const hasParts = breakdown.some((category) => texts[placeOf(code, category, fieldsOf(indicator)[0] ?? 'value')]);
  const isNeeded = needsBreakdown(indicator);
  const unit = t(`all.units.${indicator.unit}`, { defaultValue: indicator.unit });
  const before = cell?.figure ? formatFigure(cell.figure, lang) : t('entry.none');
  return (
    <fieldset
      className="entry-cell"
      data-testid={`entry-${code}`}
      data-changed={change !== undefined}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) leave();
      }}
    >
      <legend>
        {indicator.letter && `${indicator.letter}. `}
        {nameOf(indicator)} <small>({unit})</small>
      </legend>
      <div className="entry-numbers">
        <Numbers indicator={indicator} category="" texts={texts} fault={fault} type={type} />
      </div>
      {breakdown.length > 0 && (
        <details open={isWithin || hasParts || isNeeded || undefined}>
          <summary>{t(isNeeded ? 'entry.breakdownNeeded' : 'entry.breakdown')}</summary>
          {breakdown.map((category) => (
            <div
              key={category}
              className="entry-part"
              role="group"
              aria-label={t(`entry.category.${category as 'family'}`)}
            >
              <span>{t(`entry.category.${category as 'family'}`)}</span>
              <div className="entry-numbers">
                <Numbers indicator={indicator} category={category} texts={texts} fault={fault} type={type} />
              </div>
            </div>
          ))}
        </details>
      )}
      {change && <p className="entry-note">{t('entry.changed', { figure: before })}</p>}
      {cell?.held && (
        <p className="entry-note">
          {t('entry.waits', {
            figure: cell.held.figure ? formatFigure(cell.held.figure, lang) : t('entry.takenBack'),
          })}
        </p>
      )}
    </fieldset>
  );
}

interface NumbersProps extends Pick<Props, 'indicator' | 'texts' | 'fault' | 'type'> {
  category: string;
}

function Numbers({ indicator, category, texts, fault, type }: NumbersProps) {
  const { t } = useTranslation();
  const lang = useLang();
  const labelOf = (field: FieldName): string => {
    const own = field === 'numerator' ? indicator.numerator_vi : indicator.denominator_vi;
    return lang === 'vi' && category === '' && own && field !== 'value' ? own : t(`entry.${field}`);
  };
  return fieldsOf(indicator).map((field) => {
    const place = placeOf(indicator.code, category, field);
    const shared = {
      'data-testid': `field-${place}`,
      label: labelOf(field),
      size: 'xs',
      value: texts[place] ?? '',
      error: fault?.place === place ? faultWords(t, fault, lang) : undefined,
    } as const;
    return indicator.max_per_unit === 1 ? (
      <NativeSelect
        key={place}
        {...shared}
        onChange={(event) => type({ [place]: event.currentTarget.value })}
        data={[
          { value: '', label: t('entry.none') },
          { value: '1', label: t('entry.yes') },
          { value: '0', label: t('entry.no') },
        ]}
      />
    ) : (
      <TextInput
        key={place}
        {...shared}
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => type({ [place]: event.currentTarget.value })}
      />
    );
  });
}
