/** The steps of the maps' colours. */
import { reportedShare, scaleOf } from './shades';

const shadesOf = (values: (number | null)[]) => values.map(scaleOf(values).shadeOf);

describe('the scale of a map', () => {
  it('tells provinces apart that are all far along', () => {
    const values = Array.from({ length: 32 }, (_, at) => 90 + at / 10);
    expect(scaleOf(values).steps.map(({ shade, count }) => [shade, count])).toEqual([
      ['low', 8],
      ['fair', 8],
      ['good', 8],
      ['most', 8],
    ]);
  });

  it('never tells equal values apart, nor puts a greater one below a lesser', () => {
    expect(shadesOf([50, 50, 50, 50, 50, 80])).toEqual(['low', 'low', 'low', 'low', 'low', 'most']);
    expect(shadesOf([99.99])).toEqual(['low']);
  });

  it('sets nothing and all apart from every share', () => {
    expect(shadesOf([null, 0, 99.99, 100])).toEqual(['none', 'low', 'good', 'full']);
    expect(shadesOf([100, 100])).toEqual(['full', 'full']);
    expect(shadesOf([])).toEqual([]);
  });

  it('has no step for all of what is counted', () => {
    const values = [null, 7, 300, 100, 2];
    expect(values.map(scaleOf(values, Infinity).shadeOf)).toEqual(['none', 'fair', 'most', 'good', 'low']);
  });

  it('says which shares stand on a step, and how many', () => {
    expect(scaleOf([70, null, 100, 30, 40, 100]).steps).toEqual([
      { shade: 'none', from: 0, to: 0, count: 1 },
      { shade: 'low', from: 30, to: 30, count: 1 },
      { shade: 'fair', from: 40, to: 40, count: 1 },
      { shade: 'good', from: 70, to: 70, count: 1 },
      { shade: 'full', from: 100, to: 100, count: 2 },
    ]);
  });
});

test('nothing reported is not a small share', () => {
  expect(reportedShare({ expected: 127, reported: 0 })).toBeNull();
  expect(reportedShare({ expected: 0, reported: 0 })).toBeNull();
  expect(reportedShare({ expected: 200, reported: 1 })).toBe(0.5);
});
