/**
 * A map for the keyboard and the screen reader: a button for each area, with its name and figures, that opens it.
 *
 * Tab comes to the map once, arrow keys go from area to area as they lie, Home and End to the first and the last; so a map of 126 communes is not 126
 * steps on the way to what stands below it.
 */
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shapes } from '../islets';
import type { Area } from '../map-area';
import { areaTo, centresOf } from '../map-neighbours';

interface Props {
  shapes: Shapes;
  areas: Area[];
  selected: string | undefined;
  open: ((code: string) => void) | undefined;
  /** Which area the keyboard is at. */
  look: (code: string | undefined) => void;
}

export function MapKeys({ shapes, areas, selected, open, look }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const hint = useId();
  const [last, setLast] = useState<string>();
  const centres = useMemo(() => centresOf(shapes), [shapes]);
  // Units without an area, as a province's own figures, are in the table alone.
  const shown = areas.filter(({ code }) => centres.has(code));
  const place = [last, selected].find((code) => shown.some((area) => area.code === code)) ?? shown[0]?.code;

  const move = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const ends: Record<string, string | undefined> = { Home: shown[0]?.code, End: shown.at(-1)?.code };
    const next = ends[event.key] ?? (place && areaTo(centres, place, event.key));
    if (!next && !event.key.startsWith('Arrow')) return;
    // Also at the edge: the page does not scroll away under the map.
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-area="${next}"]`)?.focus();
  };

  return (
    <>
      <ul ref={list} className="unseen" aria-label={t('place.keys.list')} aria-describedby={hint} onKeyDown={move}>
        {shown.map(({ code, title, lines }) => (
          <li key={code}>
            <button
              type="button"
              data-area={code}
              tabIndex={code === place ? 0 : -1}
              aria-current={code === selected ? 'true' : undefined}
              onFocus={() => {
                setLast(code);
                look(code);
              }}
              onBlur={() => look(undefined)}
              onClick={() => open?.(code)}
            >
              {[title, ...lines].join(', ')}
            </button>
          </li>
        ))}
      </ul>
      <p className="map-hint" id={hint}>
        {t('place.keys.open')}
      </p>
    </>
  );
}
