/** The choice of the report period: every window that has begun, and a step to the one before or after of the same kind. */
import { ActionIcon, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDay, windowName } from '../format';
import { useLang } from '../i18n';
import { goTo } from '../use-page';
import {
  begunWindows,
  currentMonth,
  daysOf,
  firstYear,
  neighbour,
  parseWindow,
  windowKinds,
  type ReportWindow,
} from '../window';

export function WindowPicker({ window: code }: { window: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const now = new Date();
  const window = parseWindow(code);
  const groups = groupsAt(now, window);
  const days = window && daysOf(window);
  return (
    <div className="window">
      <div className="window-row">
        <Step window={window} step={-1} label={t('window.previous')} now={now} />
        <NativeSelect
          data-testid="window"
          aria-label={t('window.label')}
          value={code}
          onChange={(event) => goTo({ window: event.currentTarget.value })}
        >
          {groups.map(({ kind, year, windows }) => (
            <optgroup key={`${kind}${year}`} label={t(`window.${kind}`, { year })}>
              {windows.map((option) => (
                <option key={option.code} value={option.code}>
                  {windowName(option, lang)}
                </option>
              ))}
            </optgroup>
          ))}
        </NativeSelect>
        <Step window={window} step={1} label={t('window.next')} now={now} />
      </div>
      {days && (
        <span className="window-days">
          {t('window.runs', { from: formatDay(days.from, lang), to: formatDay(days.to, lang) })}
        </span>
      )}
    </div>
  );
}

function Step({
  window,
  step,
  label,
  now,
}: {
  window: ReportWindow | undefined;
  step: 1 | -1;
  label: string;
  now: Date;
}) {
  const next = window && neighbour(window, step, now);
  return (
    <ActionIcon
      className="on-dark"
      variant="default"
      size={30}
      aria-label={label}
      title={label}
      disabled={!next}
      onClick={() => next && goTo({ window: next.code })}
    >
      <span aria-hidden="true">{step < 0 ? '‹' : '›'}</span>
    </ActionIcon>
  );
}

/** Newest year first. A window that the address names is offered even where it has not begun. */
function groupsAt(now: Date, chosen: ReportWindow | undefined) {
  const newestYear = Math.max(Number(currentMonth(now).slice(0, 4)), chosen?.year ?? 0);
  const years = Array.from({ length: newestYear - firstYear + 1 }, (_, i) => newestYear - i);
  return years
    .flatMap((year) =>
      windowKinds.map((kind) => {
        const begun = begunWindows(kind, year, now);
        const missing =
          chosen?.kind === kind && chosen.year === year && !begun.some(({ code }) => code === chosen.code);
        return { kind, year, windows: missing ? [...begun, chosen] : begun };
      }),
    )
    .filter(({ windows }) => windows.length > 0);
}
