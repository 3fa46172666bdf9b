import { isOfEarlierMonth, isProvisional } from './provisional';

test.each([
  [7, 126, 80, true],
  [4, 5, 80, false],
  [79, 100, 80, true],
  [0, 1, 80, true],
  [1, 1, 80, false],
  [0, 1, 0, false],
])('%d of %d reports, below %d percent', (reported, expected, below, is) => {
  expect(isProvisional({ reported, expected }, below)).toBe(is);
});

test('a figure that nobody reported for the last month is of an earlier one', () => {
  expect(isOfEarlierMonth({ expected: 1, reported: 1, current: 0 })).toBe(true);
  expect(isOfEarlierMonth({ expected: 1, reported: 1, current: 1 })).toBe(false);
  expect(isOfEarlierMonth({ expected: 1, reported: 0, current: 0 })).toBe(false);
});
