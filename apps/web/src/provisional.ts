/** When a figure is provisional: too few of those who are expected to report it have. It is then neither attained nor missed. */
import type { Rollup } from './api';

/** @param below percent of the expected reports */
export const isProvisional = (
  { expected, reported }: Pick<Rollup['reporting'], 'expected' | 'reported'>,
  below: number,
): boolean => reported * 100 < below * expected;

/** Whether a unit's figure of a window is of an earlier month than the window's last: what is reported once a month is carried on. */
export const isOfEarlierMonth = ({ reported, current }: Rollup['reporting']): boolean => reported > 0 && current === 0;
