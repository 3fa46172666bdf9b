/** What is typed of a month: its cells by section, what is wrong beside the field, what will be sent, and sending it. */
import { Alert, Button } from '@mantine/core';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, type Indicator } from '../api';
import { faultsIn, type Entry, type ReportForm } from '../api-entry';
import { draftOf, fieldAt, textsOf, type CellFault, type Draft, type Texts } from '../entry-cells';
import { useEnterReport, type Sent } from '../entry-queries';
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { sectionsOf } from '../sections';
import { vi } from '../vi';
import { EntryCellFields } from './entry-cell';
import { EntryFile } from './entry-file';
import { EntryQuiet } from './entry-quiet';
import { EntrySummary } from './entry-summary';

interface Props {
  /** The month as it was when the form was opened. */
  begun: ReportForm;
  indicators: ReadonlyMap<string, Indicator>;
  /** Reads it anew. */
  again: () => Promise<ReportForm | undefined>;
  sent: (sent: Sent) => void;
  /** Gets what Escape asks: whether the form may be closed. */
  leaving: RefObject<() => boolean>;
  close: () => void;
}

/** What was typed lies over what the month says: where that is another after all, fields that nobody touched follow it. */
function useTyped(form: ReportForm, indicators: ReadonlyMap<string, Indicator>) {
  const [typed, setTyped] = useState<Texts>({});
  const texts = { ...textsOf(form.cells), ...typed };
  const draft = draftOf(form, indicators, texts);
  const type = (more: Texts) => setTyped((held) => ({ ...held, ...more }));
  return { texts, draft, type };
}

export function EntryForm({ begun, indicators, again, sent, leaving, close }: Props) {
  const { t } = useTranslation();
  // It stands still while one types: what others report meanwhile is shown when it is in the way, and never passed over.
  const [form, setForm] = useState(begun);
  const box = useRef<HTMLFormElement>(null);
  const { texts, draft, type } = useTyped(form, indicators);
  // A cell that is half typed is not wrong yet: it is looked at when it is left, or when it is to be sent.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isQuiet, setQuiet] = useState(false);
  const enter = useEnterReport(form.unit, form.period);
  const refused = refusedOf(enter.error, indicators, draft);
  const faults = new Map([...refused, ...[...draft.faults].filter(([code, fault]) => isSaid(fault, left.has(code)))]);

  const send = (entry: Entry, quiet: boolean) =>
    enter.mutate(entry, {
      onSuccess: (report) => sent({ report, isQuiet: quiet }),
      onError: (error) => {
        setQuiet(false);
        if (error instanceof ApiError && error.code === 'REPORT_CHANGED')
          again()
            .then((now) => now && setForm(now))
            .catch(reportError);
      },
    });
  const isTyped = draft.changes.length > 0 || draft.faults.size > 0;
  const [isAsked, setAsked] = useState(false);
  /** What is typed is given up by a second try alone. */
  const mayLeave = (): boolean => {
    setAsked(isTyped);
    return !isTyped || isAsked;
  };
  useEffect(() => {
    leaving.current = mayLeave;
  });
  const submit = () => {
    if (draft.faults.size > 0) {
      setLeft(new Set(form.cells.map(({ indicator }) => indicator)));
      // As soon as it is said where.
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } else if (draft.changes.length > 0) {
      send({ cells: draft.changes.map(({ indicator, seen, figure }) => ({ indicator, seen, figure })) }, false);
    }
  };
  const own = form.cells.flatMap(({ indicator }) => indicators.get(indicator) ?? []);
  if (isQuiet) {
    return (
      <EntryQuiet
        form={form}
        indicators={indicators}
        hasUnsent={isTyped}
        busy={enter.isPending}
        send={(entry) => send(entry, true)}
        back={() => setQuiet(false)}
      />
    );
  }
  return (
    <form
      ref={box}
      className="entry-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="entry-ways">
        <EntryFile form={form} indicators={own} take={type} />
        <Button size="xs" variant="default" type="button" data-testid="nothing-arose" onClick={() => setQuiet(true)}>
          {t('entry.quiet.open')}
        </Button>
      </div>
      {sectionsOf(own).map((section) => (
        <section key={section.name} className="entry-section">
          <h4>{t(`all.section.${section.name}`)}</h4>
          {section.indicators.map((indicator) => (
            <EntryCellFields
              key={indicator.code}
              indicator={indicator}
              cell={form.cells.find((cell) => cell.indicator === indicator.code)}
              texts={texts}
              change={draft.changes.find((change) => change.indicator === indicator.code)}
              fault={faults.get(indicator.code)}
              type={type}
              leave={() => setLeft((held) => new Set([...held, indicator.code]))}
            />
          ))}
        </section>
      ))}
      <div className="entry-foot">
        <EntrySummary draft={draft} indicators={indicators} />
        <WhyNot error={enter.error} />
        {isTyped && isAsked && <p role="alert">{t('entry.unsent')}</p>}
        <div className="decision-buttons">
          <Button
            type="button"
            size="xs"
            variant="default"
            data-testid="entry-close"
            onClick={() => mayLeave() && close()}
          >
            {t(isTyped && isAsked ? 'entry.discard' : 'entry.cancel')}
          </Button>
          <Button
            type="submit"
            size="xs"
            data-testid="entry-send"
            loading={enter.isPending}
            disabled={!form.isConfigured || !isTyped}
          >
            {t(form.isLocked ? 'entry.sendHeld' : 'entry.send')}
          </Button>
        </div>
      </div>
    </form>
  );
}

const isSaid = ({ code }: CellFault, isLeft: boolean): boolean =>
  isLeft || (code !== 'MISSING' && code !== 'BREAKDOWN_MISSING' && code !== 'BREAKDOWN_INVALID');

/** What the service said of cells that are still as they were sent. */
function refusedOf(
  error: Error | null,
  indicators: ReadonlyMap<string, Indicator>,
  { changes }: Draft,
): Map<string, CellFault> {
  const faults = new Map<string, CellFault>();
  for (const { indicator: code, pointer, code: why } of faultsIn(error)) {
    const indicator = code === null ? undefined : indicators.get(code);
    if (indicator && changes.some((change) => change.indicator === code))
      faults.set(indicator.code, { code: why, place: fieldAt(indicator, pointer) });
  }
  return faults;
}

const problems: Record<string, string> = vi.entry.problem;
const mends: Record<string, string> = vi.refusals.mend;

function WhyNot({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  const lang = useLang();
  if (!error) return null;
  const code = error instanceof ApiError ? error.code : '';
  const ofMonth = faultsIn(error).filter(({ indicator }) => indicator === null);
  const words = Object.hasOwn(problems, code)
    ? t(`entry.problem.${code as keyof typeof vi.entry.problem}`)
    : error.message;
  return (
    <Alert color="red" title={t('entry.failed')} role="alert" data-testid="entry-failed" data-code={code}>
      {words}{' '}
      {ofMonth.map(({ code: why }) =>
        Object.hasOwn(mends, why) ? t(`refusals.mend.${why as keyof typeof vi.refusals.mend}`) : why,
      )}
      {faultsIn(error).length > 1 && ` (${formatNumber(faultsIn(error).length, lang)})`}
    </Alert>
  );
}
