/**
 * What one who reads the stream asked for, and the channels that carry it: an event is made only where a channel of it is open.
 *
 * A unit has a channel with all its windows and one for each of them; so have the country's provinces together. How far reports have come is
 * a channel by itself, because who follows one window of the figures follows the reports of every month.
 */
import { COUNTRY, type Unit } from '#domain';
import type { Keeps } from './event-log.js';

export interface Subscription {
  readonly unit: Unit;
  /** Of the country: its provinces too, and how far their reports have come. */
  readonly children: boolean;
  /** Codes of the windows; undefined: all of them. */
  readonly windows?: ReadonlySet<string>;
}

const PROVINCES = `${COUNTRY}+`;
const REPORTS = `${COUNTRY}+reports`;

const ofWindow = (channel: string, window: string): string => `${channel}|${window}`;

export const hasProvinces = ({ unit, children }: Pick<Subscription, 'unit' | 'children'>): boolean =>
  children && unit.code === COUNTRY;

/** Always in the same order, so that who asked for the same is known by it. */
export const channelsOf = (subscription: Subscription): string[] => {
  const { unit, windows } = subscription;
  const whole = hasProvinces(subscription) ? [unit.code, PROVINCES] : [unit.code];
  if (windows === undefined) return whole;
  const narrow = whole.flatMap((channel) => [...windows].sort().map((window) => ofWindow(channel, window)));
  return hasProvinces(subscription) ? [...narrow, REPORTS] : narrow;
};

/** The unit of a channel of its own; undefined for those of all provinces. */
export const unitOfChannel = (channel: string): string | undefined =>
  channel.startsWith(PROVINCES) ? undefined : channel.split('|')[0];

/** Who follows windows by name is told the newest of each figure, who follows all of a unit every change. */
export const keptOf = (channel: string): Keeps => (channel.includes('|') || channel === REPORTS ? 'newest' : 'every');

/** The channels that a unit's figures of a window go to. */
export const figureChannels = ({ code, level }: Unit, window: string): string[] =>
  [code, ...(level === 'province' ? [PROVINCES] : [])].flatMap((channel) => [channel, ofWindow(channel, window)]);

/** The channels that the reports of a province's month go to. */
export const reportChannels: readonly string[] = [PROVINCES, REPORTS];
