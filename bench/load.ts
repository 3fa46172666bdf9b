/**
 * What the latency and the intake benchmark share: services of their own, valid events as text, and calls at due times.
 *
 * An event's revision rises with its number, so each one wins over all that came before it and changes a figure. What is always
 * the same of its cell is put together once: making the text costs the load next to nothing.
 */
import { indicators, maxValue, REPORTED, reportingUnits, type Indicator, type Unit } from '#domain';
import { awaitedLater } from '#promises';

import { seeded, type Message } from '../test/kit/seeded-workload.js';
import { type BenchInstallation, type BenchOptions, type Environment, withInstallation } from './installation.js';
import { authorizedFetch, giveKeys } from '../test/kit/authorized-fetch.js';
import { withTimeout } from '#promises';
import { freePort } from '../test/kit/installation.js';

export interface Running extends Omit<BenchInstallation, 'supervisor'> {
  /** Where the intake and the dashboard answer. */
  readonly intake: string;
  readonly dashboard: string;
  /** Process ids of the services. */
  readonly pids: ReadonlyMap<string, number | undefined>;
}

const START_MS = 60_000;

/** Works with some services of a new installation on the servers that the environment names; leaves nothing of it behind. */
export const withServices = async <T>(
  env: Environment,
  options: Pick<BenchOptions, 'services' | 'profiles'>,
  work: (running: Running) => Promise<T>,
): Promise<T> => {
  const [intakePort, dashboardPort] = [await freePort(), await freePort()];
  const more = { INTAKE_PORT: String(intakePort), DASHBOARD_PORT: String(dashboardPort) };
  return withInstallation(env, { ...options, more }, async ({ supervisor, ...bench }) => {
    await withTimeout(supervisor.start(), START_MS, 'the services did not get ready; see .local/bench-logs');
    const at = (port: number) => `http://127.0.0.1:${port}`;
    const addresses = [at(intakePort), at(dashboardPort)];
    await giveKeys(bench.installation, bench.env, addresses);
    return work({ ...bench, intake: addresses[0], dashboard: addresses[1], pids: supervisor.pids() });
  });
};

export interface Cell {
  readonly unit: string;
  readonly indicator: string;
  readonly period: string;
}

/** A report of a cell, its measure fields given as text. */
export const eventText = ({ unit, indicator, period }: Cell, revision: number, figure: string): string =>
  `{"specversion":"1.0","id":"bench-${indicator}-${revision}","source":"/units/${unit}","type":"${REPORTED}",` +
  `"time":"2026-11-14T09:30:00Z","datacontenttype":"application/json","data":{"unit":"${unit}",` +
  `"indicator":"${indicator}","period":"${period}","revision":${revision},${figure}}}`;

const months = Array.from({ length: 10 }, (_, n) => `2026-${String(n + 1).padStart(2, '0')}`);
/** Of what is reported today, so much is of the newest month; the rest are corrections of older ones. */
const NEWEST_SHARE = 0.9;

/** Events without end, most of the newest month, of any of the units and any indicator but those left out; the same ones every time. */
export const endlessEvents = (
  leftOut: readonly string[] = [],
  units: readonly Unit[] = reportingUnits,
): (() => Message) => {
  const random = seeded(1);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  const usable = indicators.filter(({ code }) => code !== 'e' && !leftOut.includes(code));
  const byLevel = new Map(
    (['commune', 'province'] as const).map((level) => [
      level as string,
      usable.filter(({ reported_by }) => reported_by.includes(level)),
    ]),
  );
  let revision = 0;
  return () => {
    revision += 1;
    const { code: unit, level } = pick(units);
    const indicator = pick(byLevel.get(level) as Indicator[]);
    const cell = {
      unit,
      indicator: indicator.code,
      period: random() < NEWEST_SHARE ? (months.at(-1) as string) : pick(months),
    };
    return { key: unit, value: eventText(cell, revision, figureText(indicator, revision)) };
  };
};

const LARGEST = 300;

const figureText = (indicator: Indicator, n: number): string =>
  indicator.kind === 'ratio'
    ? `"numerator":${n % LARGEST},"denominator":${LARGEST}`
    : `"value":${n % (Math.min(maxValue(indicator), LARGEST) + 1)}`;

/** A CloudEvents batch, as the intake takes it. */
export const batchText = (events: readonly Message[]): string => `[${events.map(({ value }) => value).join(',')}]`;

/** Sends a batch to the intake. Throws where not all of it was taken. */
export const sendBatch = async (intake: string, events: readonly Message[]): Promise<void> => {
  const response = await authorizedFetch(`${intake}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: batchText(events),
  });
  if (response.status !== 202) throw new Error(`the intake answered ${response.status}`);
  await response.arrayBuffer();
};

export interface OpenLoop {
  /** How many calls were to be made by now. */
  readonly due: () => number;
  /** Makes no more calls and waits for those under way. Throws what the first that failed threw. */
  readonly stop: () => Promise<void>;
}

/**
 * Calls at due times, however long the calls before take: nothing waits for a slow answer.
 *
 * @param act gets the call's number from 0, and when it was due
 * @param dueAfter milliseconds from the start to the nth call
 */
export const openLoop = (
  perSecond: number,
  act: (n: number, due: number) => Promise<void>,
  dueAfter = (n: number) => (n * 1000) / perSecond,
): OpenLoop => {
  const calls: Promise<void>[] = [];
  const startedAt = performance.now();
  const dueAt = (n: number) => startedAt + dueAfter(n);
  let timer: NodeJS.Timeout | undefined;
  const makeDueCalls = () => {
    while (dueAt(calls.length) <= performance.now()) {
      calls.push(awaitedLater(act(calls.length, dueAt(calls.length))));
    }
    timer = setTimeout(makeDueCalls, dueAt(calls.length) - performance.now());
  };
  makeDueCalls();
  return {
    due: () => Math.ceil(((performance.now() - startedAt) * perSecond) / 1000),
    stop: async () => {
      clearTimeout(timer);
      await Promise.all(calls);
    },
  };
};
