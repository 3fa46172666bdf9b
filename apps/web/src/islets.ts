/**
 * Hoàng Sa (Đà Nẵng) and Trường Sa (Khánh Hòa) on the map of the country.
 *
 * At that scale their islets are smaller than a pixel. Each gets a dot at its place, and each archipelago its name, so that neither is ever
 * missing from the map of Vietnam.
 */
type Ring = [number, number][];

export interface Shapes {
  features: { properties: { code: string }; geometry: { type: string; coordinates: unknown } }[];
}

export interface Islet {
  code: string;
  at: [number, number];
}

/** East of every coast and inshore island of the mainland. */
const openSea = 110.5;

export const archipelagoNames: { name: string; at: [number, number] }[] = [
  { name: 'Hoàng Sa', at: [112.1, 15.35] },
  { name: 'Trường Sa', at: [114.2, 12.15] },
];

/** Of the box around it. */
export const middle = (ring: Ring): [number, number] => {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
};

/** Of a feature of one part or of several: each polygon's rings, the outer one first. */
export const polygonsOf = ({ geometry: { type, coordinates } }: Shapes['features'][number]): Ring[][] =>
  type === 'MultiPolygon' ? (coordinates as Ring[][]) : [coordinates as Ring[]];

/** The middle of every polygon that lies in the open sea. */
export function isletsOf(shapes: Shapes): Islet[] {
  return shapes.features.flatMap((feature) =>
    polygonsOf(feature)
      .map((polygon) => middle(polygon[0] ?? []))
      .filter(([x]) => x > openSea)
      .map((at) => ({ code: feature.properties.code, at })),
  );
}
