/** Whether changes are coming in and the service answers, and until when figures are known; or that an earlier instant is shown. */
import { useTranslation } from 'react-i18next';
import { formatTime } from '../format';
import { heardOf, minutesOld } from '../freshness';
import { useLang } from '../i18n';
import { useSign } from '../live';
import { useNow } from '../use-now';
import type { Page } from '../use-page';

export function LiveBadge({ page }: { page: Page }) {
  return page.asOf === undefined ? <Live /> : <Past />;
}

function Past() {
  const { t } = useTranslation();
  return (
    <div className="live">
      <span role="status" className="live-state" data-testid="live" data-state="past">
        {t('asOf.badge')}
      </span>
      <span className="live-time">{t('asOf.badgeDetail')}</span>
    </div>
  );
}

/** Often enough for a time of day with seconds that nobody sets his watch by. */
const LOOK_MS = 2_000;

function Live() {
  const { t } = useTranslation();
  const lang = useLang();
  const sign = useSign();
  const now = useNow(LOOK_MS);
  const heard = heardOf();
  const minutes = minutesOld(heard, now);
  return (
    <div className="live">
      <span role="status" className="live-state" data-testid="live" data-state={sign === 'connecting' ? 'lost' : sign}>
        {t(`live.${sign}`)}
      </span>
      {heard.at > 0 && (
        <span className="live-time" data-testid="live-up-to">
          {t('live.upTo')} <time dateTime={new Date(heard.at).toISOString()}>{formatTime(heard.at, lang, now)}</time>
          {minutes > 0 && <b> · {t('live.old', { minutes })}</b>}
        </span>
      )}
    </div>
  );
}
