/**
 * A schedule: which events come when, and what goes wrong. A pure function of the seed; any part of it may be left out to find the least
 * that still fails.
 */
import type { DecisionRecord } from '#contracts';
import { indicators, provinceOf, reportingUnits, unitOf, type Unit } from '#domain';
import { seededWorkload, type Message } from '../kit/seeded-workload.js';
import { below, between, pick, seeded, type Random } from './random.js';

const stages = ['check', 'province', 'ministry', 'projection'] as const;
export type SimStage = (typeof stages)[number];

interface SimArrival {
  /** Milliseconds since the beginning. */
  readonly at: number;
  readonly message: Message;
  /** Decided rather than reported. */
  readonly decision?: SimDecision;
}

/** A decision about an instant so long before it is made. */
interface SimDecision {
  readonly record: Omit<DecisionRecord, 'cutOff' | 'upTo'>;
  readonly backMs: number;
}

/** Something that goes wrong at a moment and is over after a while; `on` is a worker (`province-2`) or a server. */
export interface Fault {
  readonly kind: 'kill' | 'stop' | 'leave' | 'away' | 'loss' | 'slow' | 'compact' | 'forget';
  readonly on: string;
  readonly at: number;
  readonly forMs: number;
}

export interface Plan {
  readonly seed: number;
  readonly arrivals: readonly SimArrival[];
  readonly faults: readonly Fault[];
}

/** Two workers of each stage. */
export const workers: readonly string[] = stages.flatMap((stage) => [`${stage}-1`, `${stage}-2`]);

const START_MS = 500;
const ARRIVALS_MS = 6_000;
const FAULTS_MS = 8_000;
const SESSION_MS = 6_000;

/** Few of everything, so that cells and windows are met often: communes of two provinces, one province's own reports. */
const communesOf = (province: string): Unit[] =>
  reportingUnits.filter((unit) => unit.level === 'commune' && provinceOf(unit) === province);
const among = {
  units: [...communesOf('01').slice(0, 3), communesOf('04')[0], unitOf('01') as Unit],
  indicators: indicators.filter(({ kind, breakdown }, n) => breakdown !== undefined || kind !== 'ratio' || n < 3),
  months: ['2026-02', '2026-03', '2026-04'],
  wholeMonths: 0.04,
};

/** So few that their words change often, and months overflow. */
const amongFewer = { units: among.units.slice(0, 1), indicators: among.indicators.slice(0, 2), months: ['2026-03'] };

export const planOf = (seed: number): Plan => {
  const random = seeded(seed);
  const events = 6 + below(random, 16);
  const { messages } = seededWorkload(events, seed, 0.08, random() < 0.2 ? amongFewer : among);
  const isBurst = random() < 0.3;
  const arrivals: SimArrival[] = messages.map((message) => ({
    at: START_MS + (isBurst ? between(random, 3_000, 3_200) : between(random, 0, ARRIVALS_MS)),
    message,
  }));
  const decided = Array.from({ length: random() < 0.5 ? 0 : 1 + below(random, 5) }, () => decisionOf(random));
  arrivals.push(...decided);
  arrivals.sort((a, b) => a.at - b.at);
  const faults = Array.from({ length: 1 + below(random, 6) }, () => faultOf(random));
  if (random() < 0.2) faults.push(...unwrittenAtRevoking(random));
  return { seed, arrivals, faults: faults.sort((a, b) => a.at - b.at) };
};

const decisionOf = (random: Random): SimArrival => {
  const province = pick(random, ['01', '04']);
  const kinds = [
    'month.locked',
    'month.locked',
    'month.reopened',
    'correction.accepted',
    'correction.refused',
  ] as const;
  const type = pick(random, [...kinds, 'month.submitted'] as const);
  const unit = pick(
    random,
    among.units.filter((one) => provinceOf(one) === province),
  );
  const cell = { unit: unit.code, indicator: pick(random, among.indicators).code };
  const head = { v: 1 as const, type, province, period: pick(random, among.months), by: { id: 'a', name: 'A' } };
  const record = type.startsWith('correction')
    ? { ...head, ...cell }
    : type === 'month.submitted'
      ? { ...head, unit: unit.code }
      : head;
  const backMs = between(random, 0, 3_000);
  const at = between(random, START_MS, ARRIVALS_MS + 2_000);
  return { at, message: { key: province, value: JSON.stringify(record) }, decision: { record, backMs } };
};

/** A projection comes back and takes partitions over while MongoDB takes nothing of what the other one has read of them. */
const unwrittenAtRevoking = (random: Random): Fault[] => {
  const [at, forMs] = [between(random, 0, ARRIVALS_MS / 2), between(random, 500, ARRIVALS_MS / 2)];
  const [on, kind] = [pick(random, ['projection-1', 'projection-2']), pick(random, ['leave', 'kill'] as const)];
  const away = at + forMs - between(random, 0, SESSION_MS / 3);
  return [
    { kind, on, at, forMs },
    { kind: 'away', on: 'mongodb', at: away, forMs: between(random, SESSION_MS, 2 * SESSION_MS) },
  ];
};

const faultOf = (random: Random): Fault => {
  const at = between(random, START_MS, FAULTS_MS);
  const on = pick(random, workers);
  const makers: readonly (() => Fault)[] = [
    () => ({ kind: 'kill', on, at, forMs: between(random, 100, 4_000) }),
    () => ({ kind: 'kill', on, at, forMs: between(random, 100, 4_000) }),
    () => ({ kind: 'stop', on, at, forMs: between(random, 200, 2 * SESSION_MS) }),
    () => ({ kind: 'leave', on, at, forMs: between(random, 500, 5_000) }),
    () => ({ kind: 'away', on: pick(random, ['kafka', 'mongodb']), at, forMs: between(random, 200, 5_000) }),
    () => ({ kind: 'loss', on: 'network', at, forMs: between(random, 200, 4_000) }),
    () => ({ kind: 'slow', on: 'network', at, forMs: between(random, 200, 4_000) }),
    () => ({ kind: 'compact', on: 'kafka', at, forMs: 0 }),
  ];
  return pick(random, makers)();
};
