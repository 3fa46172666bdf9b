/** What a map's colours mean, and how many areas have each: text beside the colour, so that the colour is never needed alone. */
import { useTranslation } from 'react-i18next';
import { formatNumber, formatPercent, type Lang } from '../format';
import { useLang } from '../i18n';
import type { Shade, Step } from '../shades';

interface Props {
  title: string;
  steps: Step[];
  /** In place of the share that a step stands for. */
  names?: Partial<Record<Shade, string>>;
  /** Of a step's ends, where they are no percentages. */
  write?: (end: number, lang: Lang) => string;
}

export function MapLegend({ title, steps, names = {}, write = formatPercent }: Props) {
  const { t } = useTranslation();
  const lang = useLang();
  const nameOf = ({ shade, from, to }: Step): string => {
    if (shade === 'none' || shade === 'full') return t(`map.shade.${shade}`);
    const ends = [...new Set([from, to].map((end) => write(end, lang)))];
    return ends.join(' – ');
  };
  return (
    <div className="legend">
      <p>{title}</p>
      <ul>
        {[...steps].reverse().map((step) => (
          <li key={step.shade}>
            <span className={`swatch shade-${step.shade}`} aria-hidden="true" />
            <span>{names[step.shade] ?? nameOf(step)}</span>
            <b>{formatNumber(step.count, lang)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
