import fc from 'fast-check';
import { childrenOf, provinces, reportingUnits, windowCode, windowYear, WINDOWS_PER_YEAR, YEARS } from '#domain';
import { provincePartitions, windowPartition } from './routing.js';

const counts = fc.integer({ min: 1, max: 200 });
const unitsOf = (code: string) => childrenOf(code).length + 1;
const largest = Math.max(...provinces.map(({ code }) => unitsOf(code)));

/** Reporting units by partition. */
const loadsOf = (partitions: number): Map<number, number> => {
  const loads = new Map<number, number>();
  for (const [province, partition] of provincePartitions(partitions))
    loads.set(partition, (loads.get(partition) ?? 0) + unitsOf(province));
  return loads;
};

describe('the partition of a province', () => {
  it('is one for every province, among the first third, whatever the number of partitions', () => {
    fc.assert(
      fc.property(counts, (partitions) => {
        const owners = provincePartitions(partitions);
        expect([...owners.keys()].sort()).toEqual(provinces.map(({ code }) => code).sort());
        for (const partition of owners.values()) expect(partition).toBeLessThan(Math.ceil(partitions / 3));
      }),
    );
  });

  it('leaves no two partitions further apart than the largest province', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 * provinces.length }), (partitions) => {
        const loads = [...loadsOf(partitions).values()];
        expect(loads).toHaveLength(Math.ceil(partitions / 3));
        expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(largest);
      }),
    );
  });

  it.each([
    [4, 2],
    [12, 4],
    [24, 8],
  ])('of %i partitions: %i are used, none with a tenth more than the mean', (partitions, used) => {
    const loads = loadsOf(partitions);
    expect([...loads.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: used }, (_, n) => n));
    expect(Math.max(...loads.values())).toBeLessThan((reportingUnits.length / used) * 1.1);
  });

  it('is the same in every version: a stage restores a province from the partition that the version before wrote', () => {
    const provincesOf = (owner: number) =>
      [...provincePartitions(12)].flatMap(([province, partition]) => (partition === owner ? [province] : []));
    expect([0, 1, 2, 3].map((owner) => provincesOf(owner).join(' '))).toEqual([
      '79 08 31 91 80 44 14 11 46',
      '38 01 33 66 24 48 20 04',
      '25 37 86 82 51 19 56 22 12',
      '52 40 68 92 15 75 42 96',
    ]);
  });
});

describe('the partition of a window', () => {
  const years = Array.from({ length: YEARS }, (_, year) =>
    Array.from({ length: WINDOWS_PER_YEAR }, (_, shape) => year * WINDOWS_PER_YEAR + shape),
  );

  it('is its year modulo the partitions: the windows of a year stand together, the next year beside them', () => {
    fc.assert(
      fc.property(counts, (partitions) => {
        for (const windows of years) {
          const found = new Set(windows.map((window) => windowPartition(windowCode(window), partitions)));
          expect([...found]).toEqual([windowYear(windows[0]) % partitions]);
        }
      }),
    );
  });
});
