/**
 * The event that nothing arose in a unit's whole month: a report of zeros for every indicator that the unit's level reports and that is added
 * up over months (contracts.md, Events). What is counted on a day stays owed: that nothing arose does not say that nobody is there.
 */
import type { Report } from '../cell/cell.js';
import { indicators } from '../reference/catalogue.js';
import type { Level } from '../reference/reference.types.js';
import { reportingUnits } from '../reference/unit.js';

/** What such an event says. It has no indicator: it stands for many reports. */
type NothingArose = Omit<Report, 'indicator' | 'figure'>;

/** What an event that was taken says. */
export type Accepted = Report | NothingArose;

const isNothingArose = (accepted: Accepted): accepted is NothingArose => !('indicator' in accepted);

/** The reports that an event makes: each with its revision, time, id and receipt, so that each ranks like any other report of its cell. */
export const reportsOf = (accepted: Accepted): readonly Report[] => {
  if (!isNothingArose(accepted)) return [accepted];
  return zeros[reportingUnits[accepted.unit].level as Level].map((zero) => ({ ...accepted, ...zero }));
};

const zerosOf = (level: Level): readonly Pick<Report, 'indicator' | 'figure'>[] =>
  indicators.flatMap(({ reported_by, over_time, kind }, indicator) =>
    over_time === 'sum' && reported_by.includes(level) ? [{ indicator, figure: kind === 'ratio' ? [0, 0] : [0] }] : [],
  );
const zeros = { commune: zerosOf('commune'), province: zerosOf('province') };

/** The codes of the indicators that are 0 in a month in which nothing arose. */
export const quietIndicators = (level: Level): readonly string[] =>
  zeros[level].map(({ indicator }) => indicators[indicator].code);
