/** A map of the 34 provinces with Hoàng Sa and Trường Sa, and its legend. A click opens a province. */
import type { ComponentProps } from 'react';
import type { Area } from '../map-area';
import { useShapes } from '../queries';
import { goTo } from '../use-page';
import GeoMap from './geo-map';
import { MapLegend } from './map-legend';
import { Failed, Loading } from './notice';

interface Props {
  areas: Area[];
  selected: string;
  label: string;
  legend: ComponentProps<typeof MapLegend>;
}

export function CountryMap({ areas, selected, label, legend }: Props) {
  const { data: shapes, error, refetch } = useShapes('provinces.geo.json');
  if (error) return <Failed error={error} retry={refetch} />;
  if (!shapes) return <Loading height={430} />;
  return (
    <div className="map-box">
      <GeoMap
        testId="map"
        className="map map-country"
        name="provinces"
        shapes={shapes}
        areas={areas}
        selected={selected}
        archipelagos
        label={label}
        onSelect={(unit) => goTo({ unit: unit === selected ? 'VN' : unit })}
      />
      <MapLegend {...legend} />
    </div>
  );
}
