/**
 * Which fault comes when: a pure function of the seed and the minutes, so a run that failed can be had again.
 *
 * Two lanes run side by side. In the first one fault follows another, with a few seconds between them; in the second workers
 * come and go, so that rebalances never stop. A short run takes the faults that matter most and fills up with others; a long one
 * has every kind at least once.
 */
import { seeded } from '../kit/seeded-workload.js';

export const stageWorkers = ['check', 'province', 'ministry', 'projection'] as const;
export const servers = ['kafka', 'mongodb', 'redis'] as const;
export const proxied = [...servers, 'intake'] as const;

export type Server = (typeof servers)[number];
export type Proxied = (typeof proxied)[number];
export type Action = 'kill' | 'outage' | 'fill-disk' | 'pause' | 'cut' | 'delay' | 'reset' | 'join' | 'leave';

export interface Fault {
  /** From the beginning of the run, milliseconds; a fault waits for the one before it in its lane. */
  readonly at: number;
  readonly action: Action;
  /** A service, a server or what stands behind a proxy. */
  readonly target: string;
  /** How long it lasts by itself: a server's start afterwards is not counted. */
  readonly lastsMs: number;
  /** In [0, 1): picks one of several copies. */
  readonly choice: number;
}

export interface Schedule {
  readonly faults: readonly Fault[];
  readonly scaling: readonly Fault[];
}

interface Kind {
  readonly action: Action;
  readonly target: string;
}

export const kindOf = ({ action, target }: Kind): string => `${action} ${target}`;

const each = (action: Action, targets: readonly string[]): Kind[] => targets.map((target) => ({ action, target }));

/** In every run: each stage, what writes the figures, and the two servers that hold data. */
const first: readonly Kind[] = [
  ...each('kill', stageWorkers),
  ...each('outage', ['kafka', 'mongodb']),
  ...each('fill-disk', ['kafka']),
];
const others: readonly Kind[] = [
  ...each('kill', ['intake', 'dashboard', 'reports']),
  ...each('outage', ['redis']),
  ...each('pause', stageWorkers),
  ...each('cut', proxied),
  ...each('delay', proxied),
  ...each('reset', proxied),
];
/** What may come more than once. */
const again: readonly Kind[] = [...first, ...others].filter(({ action }) => action !== 'fill-disk');

/** Longer than the session of a consumer, 6 s: who is paused has lost its partitions and does not know it. */
const lastsMs: Readonly<Record<Action, readonly [number, number]>> = {
  kill: [0, 0],
  outage: [500, 4_000],
  'fill-disk': [1_000, 4_000],
  pause: [8_000, 12_000],
  cut: [1_000, 7_000],
  delay: [3_000, 8_000],
  reset: [2_000, 6_000],
  join: [0, 0],
  leave: [0, 0],
};
/** A server's start, as far as the plan goes. */
const RESTART_MS: Partial<Record<Action, number>> = { outage: 5_000, 'fill-disk': 6_000 };
const FIRST_MS = 4_000;
/** Nothing new happens at the end: what comes last is to be seen through while events still flow. */
const LAST_MS = 10_000;
const GAP_MS = [1_500, 5_000] as const;
const SCALING_GAP_MS = [7_000, 12_000] as const;

type Random = () => number;
const between = (random: Random, [least, most]: readonly [number, number]): number =>
  Math.round(least + random() * (most - least));

export const shuffled = <T>(random: Random, given: readonly T[]): T[] => {
  const order = [...given];
  for (let n = order.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random() * (n + 1));
    [order[n], order[other]] = [order[other], order[n]];
  }
  return order;
};

interface Drawn extends Kind {
  readonly lastsMs: number;
  readonly gapMs: number;
  readonly choice: number;
}

const draw = (random: Random, kind: Kind): Drawn => ({
  ...kind,
  lastsMs: between(random, lastsMs[kind.action]),
  gapMs: between(random, GAP_MS),
  choice: random(),
});

const takes = ({ action, lastsMs: lasts, gapMs }: Drawn): number => lasts + (RESTART_MS[action] ?? 0) + gapMs;

/** The kinds that must come, then others while there is time, in a random order. */
const drawnFor = (random: Random, ms: number): Drawn[] => {
  const drawn: Drawn[] = first.map((kind) => draw(random, kind));
  let left = ms - drawn.reduce((sum, each) => sum + takes(each), 0);
  const rest = shuffled(random, others);
  for (;;) {
    const next = draw(random, rest.shift() ?? again[Math.floor(random() * again.length)]);
    left -= takes(next);
    if (left < 0) return shuffled(random, drawn);
    drawn.push(next);
  }
};

const inSequence = (drawn: readonly Drawn[]): Fault[] => {
  let at = FIRST_MS;
  return drawn.map((each) => {
    const fault = { at, action: each.action, target: each.target, lastsMs: each.lastsMs, choice: each.choice };
    at += takes(each);
    return fault;
  });
};

/** A worker joins, and the next time it, or another of its stage, leaves. */
const scalingFor = (random: Random, ms: number): Fault[] => {
  const faults: Fault[] = [];
  let target = '';
  for (let at = FIRST_MS; at < ms - LAST_MS; at += between(random, SCALING_GAP_MS)) {
    const joins = faults.length % 2 === 0;
    if (joins) target = stageWorkers[Math.floor(random() * stageWorkers.length)];
    faults.push({ at, action: joins ? 'join' : 'leave', target, lastsMs: 0, choice: random() });
  }
  return faults;
};

/** @param minutes of faults, at least 1 */
export const scheduleOf = (seed: number, minutes: number): Schedule => {
  const ms = minutes * 60_000;
  const faults = inSequence(drawnFor(seeded(seed), ms - FIRST_MS - LAST_MS));
  return { faults, scaling: scalingFor(seeded(seed + 1), ms) };
};
