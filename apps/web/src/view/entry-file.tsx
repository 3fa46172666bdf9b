/** A month by a workbook: the template down, and a filled one up; what is wrong in it by row and column. */
import { Alert, Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Indicator } from '../api';
import type { ReportForm } from '../api-entry';
import { draftOf, textsOf, type Texts } from '../entry-cells';
import { readSheet, templateRows, type SheetFault } from '../entry-sheet';
import { faultWords, useNameOf } from '../entry-words';
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { vi } from '../vi';

const SHOWN_FAULTS = 20;

interface Props {
  form: ReportForm;
  /** Those that the unit reports. */
  indicators: readonly Indicator[];
  /** Puts what the file says into the form's fields. */
  take: (texts: Texts) => void;
}

type Outcome = { name: string } & (
  { faults: SheetFault[]; changes?: undefined } | { changes: number; faults?: undefined }
);

export function EntryFile({ form, indicators, take }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome | 'reading'>();
  const save = useTemplate(form, indicators);
  const read = async (file: File): Promise<Outcome> => {
    const { rowsOf } = await import('../entry-workbook');
    const rows = await rowsOf(file);
    if (typeof rows === 'string') return { name: file.name, faults: [{ code: rows }] };
    const { texts, faults } = readSheet(rows, form, indicators);
    if (faults) return { name: file.name, faults };
    take(texts);
    const all = { ...textsOf(form.cells), ...texts };
    const { changes } = draftOf(form, new Map(indicators.map((each) => [each.code, each])), all);
    return { name: file.name, changes: changes.length };
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    setOutcome('reading');
    read(file)
      .catch((error: unknown) => {
        reportError(error);
        return { name: file.name, faults: [{ code: 'NOT_WORKBOOK' }] };
      })
      .then(setOutcome, reportError);
  };
  return (
    <div className="entry-file" data-testid="entry-file">
      <div className="entry-file-buttons">
        <strong>{t('entry.file.title')}</strong>
        <Button
          size="xs"
          variant="default"
          type="button"
          data-testid="template"
          onClick={() => {
            save().catch(reportError);
          }}
        >
          {t('entry.file.template')}
        </Button>
        <Button size="xs" variant="default" type="button" onClick={() => input.current?.click()}>
          {t('entry.file.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xlsx"
          aria-label={t('entry.file.choose')}
          data-testid="entry-upload"
          onChange={({ currentTarget }) => {
            choose(currentTarget.files?.[0]);
            // The same file, mended, may be chosen again.
            currentTarget.value = '';
          }}
        />
      </div>
      <small>{t('entry.file.lead')}</small>
      <p role="status" data-testid="entry-read">
        {outcome === 'reading' && t('entry.file.reading')}
        {typeof outcome === 'object' &&
          outcome.changes !== undefined &&
          t('entry.file.read', { name: outcome.name, n: formatNumber(outcome.changes, lang) })}
      </p>
      {typeof outcome === 'object' && outcome.faults && <Faults name={outcome.name} faults={outcome.faults} />}
    </div>
  );
}

/** Loads what writes workbooks, and writes the template. */
function useTemplate(form: ReportForm, indicators: readonly Indicator[]): () => Promise<void> {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = useNameOf();
  return async () => {
    const { saveTemplate } = await import('../entry-workbook');
    const heads = Object.keys(vi.entry.file.heads) as (keyof typeof vi.entry.file.heads)[];
    const rows = templateRows(form, indicators, {
      unit: t('entry.file.head.unit'),
      period: t('entry.file.head.period'),
      heads: heads.map((head) => t(`entry.file.heads.${head}`)),
      nameOf,
      categoryOf: (category) => t(`entry.category.${category as 'family'}`),
      noteOf: (indicator, isNeeded) => {
        const { numerator_vi: numerator, denominator_vi: denominator } = indicator;
        const unit = t(`all.units.${indicator.unit}`, { defaultValue: indicator.unit });
        const parts = [
          t('entry.file.note.unit', { unit }),
          numerator && denominator && lang === 'vi' ? t('entry.file.note.ratio', { numerator, denominator }) : '',
          indicator.max_per_unit === 1 ? t('entry.file.note.oneOrNone') : '',
          isNeeded ? t('entry.file.note.needed') : '',
        ];
        return parts.filter(Boolean).join('; ');
      },
    });
    const about = vi.entry.file.about.map((_, n) => t(`entry.file.about.${n as 0}`));
    const sheets = { figures: t('entry.file.sheet'), notes: t('entry.file.notes'), about };
    await saveTemplate(`tong-hop-${form.unit}-${form.period}.xlsx`, rows, sheets);
  };
}

const ofFiles: Record<string, string> = vi.entry.file.fault;

function Faults({ name, faults }: { name: string; faults: readonly SheetFault[] }) {
  const { t } = useTranslation();
  const lang = useLang();
  const words = (fault: SheetFault): string => {
    const { code, row, column, got = '', want = '', first } = fault;
    const why = Object.hasOwn(ofFiles, code)
      ? t(`entry.file.fault.${code as 'TWICE'}`, { got, want, first })
      : faultWords(t, fault, lang);
    if (row === undefined) return why;
    return `${column === undefined ? t('entry.file.atRow', { row }) : t('entry.file.at', { row, column })}: ${why}`;
  };
  const rest = faults.length - SHOWN_FAULTS;
  return (
    <Alert
      color="red"
      role="alert"
      data-testid="entry-file-faults"
      title={t('entry.file.failed', { name, n: formatNumber(faults.length, lang) })}
    >
      <p>{t('entry.file.failedLead')}</p>
      <ul>
        {faults.slice(0, SHOWN_FAULTS).map((fault, n) => (
          <li key={n}>{words(fault)}</li>
        ))}
      </ul>
      {rest > 0 && t('entry.file.more', { n: formatNumber(rest, lang) })}
    </Alert>
  );
}
