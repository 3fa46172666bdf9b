/** What must be so of processes and of their live streams: nothing ended but what was killed, and streams were there all the time. */
import { COUNTRY, provinceOf, unitOf, type Unit } from '#domain';
import type { Happened } from './faults.js';
import type { Ground } from './ground.js';
import type { Observers } from './observers.js';
import { probedUnits } from './probes.js';
import type { Fault } from './schedule.js';
import type { StreamWatch } from './stream-watch.js';

const EVENT_WITHIN_MS = 30_000;

/**
 * A process that ended with a status did so by itself; one that was killed, more often than the schedule says, too. One that was only
 * starting may give up where what it needs is away: it is started again.
 */
export const unexpectedEnds = ({ ends }: Ground, happened: readonly Happened[]): string[] => {
  const kills = new Map<string, number>();
  for (const { fault, hit } of happened) if (fault.action === 'kill') kills.set(hit, (kills.get(hit) ?? 0) + 1);
  return ends.flatMap(({ name, status, wasReady }) => {
    const left = kills.get(name) ?? 0;
    if (status !== null) return wasReady ? [`${name} ended with ${status}`] : [];
    kills.set(name, left - 1);
    return left > 0 ? [] : [`${name} was killed, and not by the schedule`];
  });
};

const streamed = ['kafka', 'mongodb', 'dashboard'];

/** A fault of what a live stream needs. */
export const isOfStreams = ({ target }: Fault): boolean => streamed.includes(target);

/** The faults of what a stream needs during which none was asked for. */
export const streamsMissed = ({ asked }: StreamWatch, happened: readonly Happened[]): string[] =>
  happened
    .filter(({ fault, beganAt, endedAt }) => isOfStreams(fault) && endedAt > beganAt + 1_000)
    .filter(({ beganAt, endedAt }) => !asked.some((at) => at >= beganAt && at <= endedAt))
    .map(({ fault }) => `none was asked for during: ${fault.action} ${fault.target}`);

/** Probes go on: a stream of one of their communes, of its province and of the country each hand one out. */
export const streamFaults = async ({ streams }: Observers): Promise<string[]> => {
  const [commune] = probedUnits;
  const units = [commune, provinceOf(unitOf(commune) as Unit), COUNTRY];
  const events = await Promise.all(units.map((unit) => streams.firstEvent(unit, EVENT_WITHIN_MS)));
  return units.filter((_, n) => events[n] === undefined).map((unit) => `${unit}: none within ${EVENT_WITHIN_MS} ms`);
};
