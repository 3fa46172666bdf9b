/** Looking at an earlier instant: where it is chosen in the bar, and the sign across the page that says so and leads back. */
import { Button } from '@mantine/core';
import { useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { instantChosen, localInput } from '../as-of';
import { formatTime } from '../format';
import { useLang } from '../i18n';
import { goTo, type Page } from '../use-page';

export function AsOfPicker({ page: { asOf } }: { page: Page }) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const look = (event: FormEvent): void => {
    event.preventDefault();
    const at = instantChosen(input.current?.value ?? '');
    const isAhead = at !== undefined && Date.parse(at) > Date.now();
    input.current?.setCustomValidity(isAhead ? t('asOf.ahead') : at === undefined ? t('asOf.none') : '');
    if (input.current?.reportValidity()) goTo({ asOf: at });
  };
  return (
    <form className="as-of" onSubmit={look} noValidate>
      <label>
        {t('asOf.label')}
        <input
          // What is looked at stands in it, also where the address said it.
          key={asOf}
          ref={input}
          type="datetime-local"
          step="1"
          min="2025-01-01T00:00:00"
          data-testid="as-of"
          defaultValue={asOf === undefined ? '' : localInput(asOf)}
          onInput={(event) => event.currentTarget.setCustomValidity('')}
        />
      </label>
      <Button type="submit" className="on-dark" variant="default" size="xs" data-testid="as-of-look">
        {t('asOf.look')}
      </Button>
    </form>
  );
}

/** Stays in sight while the page is scrolled. */
export function AsOfBanner({ asOf }: { asOf: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  return (
    <div className="as-of-banner" role="status" data-testid="as-of-banner" data-as-of={asOf}>
      <p>
        <strong>
          {t('asOf.banner')} <time dateTime={asOf}>{formatTime(asOf, lang, 0)}</time>
        </strong>{' '}
        <span>{t('asOf.bannerDetail')}</span>
      </p>
      <Button size="sm" data-testid="as-of-back" onClick={() => goTo({ asOf: undefined })}>
        {t('asOf.back')}
      </Button>
    </div>
  );
}

/** In place of panels of which there is no earlier state to show. */
export function OnlyNow() {
  const { t } = useTranslation();
  return (
    <p className="panel only-now" data-testid="only-now">
      {t('asOf.onlyNow')}
    </p>
  );
}
