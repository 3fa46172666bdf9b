/** The archipelagos are found in the boundaries that the page serves. */
import { isletsOf, type Shapes } from './islets';

const square = (x: number, y: number) => [
  [
    [x, y],
    [x + 0.02, y],
    [x + 0.02, y + 0.02],
    [x, y + 0.02],
    [x, y],
  ],
];

describe('islets', () => {
  it('finds the polygons in the open sea, with their province', () => {
    const shapes: Shapes = {
      features: [
        {
          properties: { code: '48' },
          geometry: { type: 'MultiPolygon', coordinates: [square(108, 16), square(112, 16.5)] },
        },
        { properties: { code: '01' }, geometry: { type: 'Polygon', coordinates: square(105, 21) } },
      ],
    };
    const islets = isletsOf(shapes);
    expect(islets).toHaveLength(1);
    expect(islets[0]?.code).toBe('48');
    expect(islets[0]?.at[0]).toBeCloseTo(112.01);
  });
});
