/** The last few figures that changed while the page was open. */
import { useTranslation } from 'react-i18next';
import { listedChanges, type Change } from '../changes';
import { formatFigure, formatTime, headline } from '../format';
import { useLang } from '../i18n';
import { useLive } from '../live';
import { hasFigure } from '../newest';
import { useTargets } from '../queries';
import { useUnitName } from '../unit-names';
import type { Page } from '../use-page';

export function ChangeList({ page }: { page: Page }) {
  const { t } = useTranslation();
  // Of the country only provinces are named here, and their names are known.
  const nameOf = useUnitName(page.unit === 'VN' ? '' : page.unit);
  const changes = listedChanges(useLive().changes, page.unit);
  return (
    <section className="panel changes" aria-labelledby="changes-title">
      <h3 id="changes-title">{t('changes.title')}</h3>
      {changes.length === 0 && <p className="empty">{t('changes.empty')}</p>}
      <ol>
        {changes.map((change) => (
          <Row key={`${change.unit}${change.indicator}${change.serial}`} change={change} name={nameOf(change.unit)} />
        ))}
      </ol>
    </section>
  );
}

function Row({ change, name }: { change: Change; name: string }) {
  const { t } = useTranslation();
  const lang = useLang();
  const targets = useTargets();
  const { indicator, before, after } = change;
  const target = targets?.find(({ code }) => code === indicator);
  const percent = typeof after.value === 'number' ? undefined : headline(after, lang);
  return (
    <li className="change">
      <time dateTime={after.updatedAt}>{formatTime(after.updatedAt, lang, Date.now())}</time>
      <span className="change-name">
        <b className="letter letter-small" title={lang === 'vi' ? target?.name_vi : target?.name_en}>
          {target?.letter ?? indicator}
        </b>
        {name}
      </span>
      <span className="change-figure" title={before && t('changes.from', { before: formatFigure(before, lang) })}>
        {hasFigure(after) ? formatFigure(after, lang) : t('changes.gone')}
        {percent && <b>{percent}</b>}
      </span>
    </li>
  );
}
