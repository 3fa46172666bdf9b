/**
 * Where an arrow key leads from an area of a map: to the nearest one that way.
 *
 * What lies straight ahead is nearer than what lies as far but aside. Every area of each map can be reached (map-neighbours.spec.ts).
 */
import { middle, polygonsOf, type Shapes } from './islets';

export type Point = [number, number];

const ways: Readonly<Record<string, Point>> = {
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

const sizeOf = (ring: readonly Point[]): number => {
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys));
};

/** The middle of each area's largest part: of Đà Nẵng on the mainland, not between it and Hoàng Sa. */
export const centresOf = (shapes: Shapes): Map<string, Point> =>
  new Map(
    shapes.features.map((feature) => {
      const rings = polygonsOf(feature).map((polygon) => polygon[0] ?? []);
      const largest = rings.reduce((held, ring) => (sizeOf(ring) > sizeOf(held) ? ring : held));
      return [feature.properties.code, middle(largest)];
    }),
  );

/** The area that a key leads to, or `undefined` where there is none that way, or the key leads nowhere. */
export function areaTo(centres: ReadonlyMap<string, Point>, from: string, key: string): string | undefined {
  const way = ways[key];
  const start = centres.get(from);
  if (!way || !start) return undefined;
  let found: string | undefined;
  let least = Infinity;
  for (const [code, [x, y]] of centres) {
    const [right, up] = [x - start[0], y - start[1]];
    const ahead = right * way[0] + up * way[1];
    const aside = Math.abs(right * way[1]) + Math.abs(up * way[0]);
    const far = ahead + 2 * aside;
    // Within 63° of straight ahead.
    if (ahead <= 0 || aside > 2 * ahead || far >= least) continue;
    [found, least] = [code, far];
  }
  return found;
}
