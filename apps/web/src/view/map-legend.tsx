/** What a map's colours mean, and how many areas have each: text beside the colour, so that the colour is never needed alone. */
import { formatNumber } from '../format';
import { useLang } from '../i18n';
import { shades, type Shade } from '../shades';

interface Props {
  title: string;
  counts: Record<Shade, number>;
  names: (shade: Shade) => string;
  /** The steps that can occur; all of them unless given. */
  steps?: Shade[];
}

export function MapLegend({ title, counts, names, steps = shades }: Props) {
  const lang = useLang();
  return (
    <div className="legend">
      <p>{title}</p>
      <ul>
        {[...steps].reverse().map((shade) => (
          <li key={shade}>
            <span className={`swatch shade-${shade}`} aria-hidden="true" />
            <span>{names(shade)}</span>
            <b>{formatNumber(counts[shade], lang)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
