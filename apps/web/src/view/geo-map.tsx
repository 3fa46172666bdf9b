/**
 * One map drawn by echarts: areas with a colour, a tooltip and a click.
 *
 * Only what is drawn is imported. The tooltip is built of elements and text, never of HTML text: names are data. A drawing has no keyboard and
 * says nothing to a screen reader: map-keys.tsx has a button for each area, and the one that the keyboard is at is drawn with its tooltip.
 */
import { useComputedColorScheme } from '@mantine/core';
import { ScatterChart } from 'echarts/charts';
import { GeoComponent, TooltipComponent } from 'echarts/components';
import { init, registerMap, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useMemo, useRef, useState } from 'react';
import { archipelagoNames, isletsOf, type Shapes } from '../islets';
import type { Area } from '../map-area';
import { paletteOf, type Palette, type Shade } from '../shades';
import { useForcedColours } from '../use-forced-colours';
import { MapKeys } from './map-keys';

use([ScatterChart, GeoComponent, TooltipComponent, CanvasRenderer]);

interface Props {
  testId?: string;
  className: string;
  name: string;
  shapes: unknown;
  areas: Area[];
  selected?: string;
  archipelagos?: boolean;
  label: string;
  onSelect?: (code: string) => void;
}

type MapInput = Parameters<typeof registerMap>[1];

export default function GeoMap(props: Props) {
  const { testId, className, label, name, shapes, areas, selected, archipelagos, onSelect } = props;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const latest = useRef(props);
  const palette = paletteOf(useComputedColorScheme('light'), useForcedColours());
  const [focused, setFocused] = useState<string>();
  const islets = useMemo(() => (archipelagos ? isletsOf(shapes as Shapes) : []), [archipelagos, shapes]);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (!box.current) return undefined;
    registerMap(name, shapes as MapInput);
    chart.current = draw(box.current, latest);
    return watchSize(box.current, chart.current);
  }, [name, shapes]);
  useEffect(() => {
    chart.current?.setOption({
      tooltip: { backgroundColor: palette.inks.tip, borderColor: palette.inks.line },
      // Areas take their words from the tooltip of `geo` alone: without it they show their bare codes.
      geo: {
        ...geoOf(name, areas, { selected, focused }, palette),
        tooltip: { show: true, formatter: tipOf(latest) },
      },
      series: archipelagos ? [isletSeries(islets, areas, latest, palette), nameSeries(palette)] : [],
    });
    // What it says may have changed too.
    if (focused !== undefined) chart.current?.dispatchAction({ type: 'showTip', geoIndex: 0, name: focused });
  }, [name, shapes, areas, selected, focused, archipelagos, islets, palette]);
  const look = (code: string | undefined): void => {
    setFocused(code);
    if (code === undefined) chart.current?.dispatchAction({ type: 'hideTip' });
  };
  return (
    <div className={className} data-testid={testId} role="group" aria-label={label}>
      <div ref={box} className="map-drawing" aria-hidden="true" />
      <MapKeys shapes={shapes as Shapes} areas={areas} selected={selected} open={onSelect} look={look} />
    </div>
  );
}

function draw(box: HTMLElement, latest: { current: Props }): ECharts {
  const made = init(box, undefined, { renderer: 'canvas' });
  made.setOption({ animation: false, tooltip: { confine: true, className: 'map-tip' } });
  made.on('click', (event) => {
    const code = (event.data as { code?: string } | undefined)?.code ?? event.name;
    if (latest.current.areas.some((area) => area.code === code)) latest.current.onSelect?.(code);
  });
  return made;
}

function watchSize(box: HTMLElement, made: ECharts): () => void {
  const observer = new ResizeObserver(() => made.resize());
  observer.observe(box);
  return () => {
    observer.disconnect();
    made.dispose();
  };
}

/** Hatched where there is no figure: no shade of grey stands out from every blue. One tile serves every area. */
function hatched({ fills, inks }: Palette): HTMLCanvasElement {
  const tile = document.createElement('canvas');
  tile.width = 6;
  tile.height = 6;
  const pen = tile.getContext('2d');
  if (!pen) return tile;
  pen.fillStyle = fills.none;
  pen.fillRect(0, 0, 6, 6);
  pen.strokeStyle = inks.line;
  // The corners too, so that the lines go on from tile to tile.
  for (const shift of [-6, 0, 6]) {
    pen.moveTo(shift - 1, 7);
    pen.lineTo(shift + 7, -1);
  }
  pen.stroke();
  return tile;
}

const hatchings = new Map<Palette, { readonly image: HTMLCanvasElement; readonly repeat: 'repeat' }>();

function hatchingOf(palette: Palette) {
  const known = hatchings.get(palette) ?? { image: hatched(palette), repeat: 'repeat' as const };
  hatchings.set(palette, known);
  return known;
}

const colourOf = (shade: Shade, palette: Palette) => (shade === 'none' ? hatchingOf(palette) : palette.fills[shade]);

/** The area whose page is open, and the one that the keyboard is at. */
interface Marked {
  selected: string | undefined;
  focused: string | undefined;
}

/** A border of one pixel at least keeps areas visible that are smaller than a pixel. */
function geoOf(name: string, areas: Area[], { selected, focused }: Marked, palette: Palette) {
  const { line, chosen } = palette.inks;
  const edgeOf = (code: string) => {
    if (code === focused) return { borderColor: chosen, borderWidth: 4 };
    return code === selected && { borderColor: chosen, borderWidth: 2.5 };
  };
  const placeOf = (code: string): number => (code === focused ? 3 : code === selected ? 2 : 0);
  return {
    map: name,
    nameProperty: 'code',
    // Near the cosine of Vietnam's middle latitude, so that shapes are not stretched.
    aspectScale: 0.96,
    left: 6,
    right: 6,
    top: 6,
    bottom: 6,
    itemStyle: { areaColor: colourOf('none', palette), borderColor: line, borderWidth: 1 },
    emphasis: { label: { show: false }, itemStyle: { borderColor: chosen, borderWidth: 2 } },
    select: { disabled: true },
    regions: areas.map(({ code, shade }) => ({
      name: code,
      itemStyle: {
        areaColor: colourOf(shade, palette),
        ...edgeOf(code),
      },
      emphasis: { itemStyle: { areaColor: colourOf(shade, palette) } },
      z2: placeOf(code),
    })),
  };
}

/** A dot for each islet, in its province's colour. */
function isletSeries(
  islets: ReturnType<typeof isletsOf>,
  areas: Area[],
  latest: { current: Props },
  { fills, inks }: Palette,
) {
  const fillOf = new Map(areas.map(({ code, shade }) => [code, fills[shade]]));
  return {
    id: 'islets',
    type: 'scatter',
    coordinateSystem: 'geo',
    symbolSize: 3.5,
    tooltip: { formatter: tipOf(latest) },
    data: islets.map(({ code, at }) => ({
      code,
      name: code,
      value: at,
      itemStyle: { color: fillOf.get(code) ?? fills.none, borderColor: inks.line, borderWidth: 1, opacity: 1 },
    })),
  };
}

function nameSeries({ inks }: Palette) {
  return {
    id: 'archipelagos',
    type: 'scatter',
    coordinateSystem: 'geo',
    symbolSize: 0.1,
    itemStyle: { opacity: 1 },
    silent: true,
    data: archipelagoNames.map(({ name, at }) => ({ name, value: at })),
    label: { show: true, formatter: '{b}', position: 'inside', fontSize: 12, fontWeight: 600, color: inks.name },
  };
}

const tipOf = (latest: { current: Props }) => (event: { name?: string; data?: { code?: string } }) => {
  const area = latest.current.areas.find(({ code }) => code === (event.data?.code ?? event.name));
  const tip = document.createElement('div');
  if (!area) return tip;
  const title = document.createElement('strong');
  title.textContent = area.title;
  tip.append(title, ...area.lines.map(paragraph));
  return tip;
};

function paragraph(text: string): HTMLElement {
  const made = document.createElement('div');
  made.textContent = text;
  return made;
}
