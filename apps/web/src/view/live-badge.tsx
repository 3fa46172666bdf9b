/** Whether changes are coming in, and when the last one was made; or that an earlier instant is shown. */
import { useTranslation } from 'react-i18next';
import { formatTime } from '../format';
import { useLang } from '../i18n';
import { useLive } from '../live';
import { useRollups } from '../queries';
import type { Page } from '../use-page';

export function LiveBadge({ page }: { page: Page }) {
  return page.asOf === undefined ? <Live page={page} /> : <Past />;
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

function Live({ page }: { page: Page }) {
  const { t } = useTranslation();
  const lang = useLang();
  const { connection, changedAt } = useLive();
  const { data } = useRollups(page);
  const times = [changedAt, ...(data ?? []).map((item) => item.updatedAt)].map((time) => Date.parse(time ?? ''));
  const last = Math.max(...times.filter((time) => !Number.isNaN(time)));
  return (
    <div className="live">
      <span
        role="status"
        className="live-state"
        data-testid="live"
        data-state={connection === 'live' ? 'live' : 'lost'}
      >
        {t(`live.${connection}`)}
      </span>
      {Number.isFinite(last) && (
        <span className="live-time">
          {t('live.last')}: <time dateTime={new Date(last).toISOString()}>{formatTime(last, lang, Date.now())}</time>
        </span>
      )}
    </div>
  );
}
