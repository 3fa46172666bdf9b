/**
 * The reporting units of the demonstration year: how large each is, how well it reports, how far it gets.
 *
 * Invented, from the seed, and the same for the whole year. Shares follow what an honest demonstration needs: most units
 * diligent, some late, some partial, a few silent; some provinces past their targets and some short of them.
 */
import { childrenOf, plans, reportingUnits, provinceOf, provinces, type Unit } from '#domain';
import { between, normal, randomStream, shuffle, type Random } from './demo-random.js';

type Habit = 'diligent' | 'late' | 'partial' | 'sporadic' | 'silent';

/** Indicators whose plans name a percentage, of those that communes report. */
const aimed = ['b', 'c', 'd', 'dd', 'e'] as const;
export type Aimed = (typeof aimed)[number];

export interface DemoUnit {
  readonly unit: Unit;
  readonly habit: Habit;
  /** First month index that the unit reports. */
  readonly joined: number;
  /** Whether it gives the breakdowns that nobody requires. */
  readonly detailed: boolean;
  /** Share of its indicators that a unit which reports in part reports. */
  readonly portion: number;
  readonly drugFree: boolean;
  readonly addicts: number;
  readonly postRehab: number;
  readonly villages: number;
  readonly points: number;
  readonly staff: number;
  readonly facilities: number;
  /** VND millions a year. */
  readonly budget: number;
  /** Share of the budget that is spent by the end of the year. */
  readonly spending: number;
  /** What the unit reaches by the end of the year, in parts of what its province's plan asks for. */
  readonly reach: Readonly<Record<Aimed, number>>;
  /** From 0 to 1: the earlier in line, the sooner a yes-or-no fact becomes yes. */
  readonly place: number;
}

/** The two provinces with plans, set so that each attains some targets and misses others. */
const ambitions: Readonly<Record<string, Readonly<Record<Aimed, number>>>> = {
  '01': { b: 1.26, c: 1.22, d: 0.98, dd: 1.45, e: 1.45 },
  '15': { b: 1.18, c: 0.99, d: 1.12, dd: 1.35, e: 0.95 },
};

/** Median number of people with addiction by unit type: about 200,000 in the country. */
const medianAddicts: Readonly<Record<string, number>> = { phường: 80, xã: 46, 'đặc khu': 8 };
const drugFreeShare: Readonly<Record<string, number>> = { phường: 0.04, xã: 0.13, 'đặc khu': 0.5 };

interface Province {
  /** Over 1: its units report better than the country's. */
  readonly discipline: number;
  readonly wave: number;
  readonly ambition: Readonly<Record<Aimed, number>>;
}

const provinceOfPlan = new Set(plans.map(({ unit }) => unit));

const drawProvince = (code: string, wave: number, random: Random): Province => {
  const ambition = Object.fromEntries(aimed.map((letter) => [letter, 0.85 + 0.5 * random()]));
  const discipline = 0.75 + 0.6 * random();
  return { discipline, wave, ambition: ambitions[code] ?? (ambition as Province['ambition']) };
};

/** Provinces in the order in which they join, those with plans first, each at the share of communes that joined before it. */
const drawProvinces = (random: Random): ReadonlyMap<string, Province> => {
  const order = [...provinces];
  shuffle(order, random);
  order.sort((a, b) => Number(provinceOfPlan.has(b.code)) - Number(provinceOfPlan.has(a.code)));
  const communes = reportingUnits.length - provinces.length;
  const known = new Map<string, Province>();
  let before = 0;
  for (const { code } of order) {
    known.set(code, drawProvince(code, before / communes, random));
    before += childrenOf(code).length;
  }
  return known;
};

const habitOf = (unit: Unit, draw: number): Habit => {
  if (draw < 0.7) return 'diligent';
  if (draw < 0.85 || unit.level === 'province') return 'late';
  if (draw < 0.95) return 'partial';
  return draw < 0.98 ? 'sporadic' : 'silent';
};

const drawUnit = (unit: Unit, province: Province, joined: number, random: Random): DemoUnit => {
  const median = medianAddicts[unit.unitType] ?? 0;
  const scale = Math.exp(0.65 * normal(random));
  const drugFree = random() < (drugFreeShare[unit.unitType] ?? 0);
  const addicts = drugFree ? 0 : Math.round(median * scale);
  const reach = Object.fromEntries(
    aimed.map((letter) => [letter, province.ambition[letter] * (0.82 + 0.36 * random())]),
  );
  const isProvince = unit.level === 'province';
  return {
    unit,
    habit: habitOf(unit, random() ** province.discipline),
    joined,
    detailed: random() < 0.7,
    portion: 0.5 + 0.4 * random(),
    drugFree,
    addicts,
    postRehab: Math.round(addicts * (0.2 + 0.25 * random())) + (drugFree ? between(random, 0, 3) : 1),
    villages: between(random, 6, 26),
    points: between(random, 1, 3),
    staff: isProvince ? between(random, 60, 180) : between(random, 5, 16),
    facilities: isProvince ? between(random, 2, 6) : 0,
    budget: isProvince
      ? between(random, 8_000, 45_000)
      : Math.round(between(random, 60, 180) * Math.min(3, 0.6 + scale / 2)),
    spending: 0.6 + 0.42 * random(),
    reach: reach as DemoUnit['reach'],
    place: random(),
  };
};

/**
 * Every reporting unit. They join province by province, those with plans first: a good sixth in `firstMonth`, the last of them
 * `joiningMonths` later; with 0 all are there from the first month.
 */
export const demoUnits = (seed: number, firstMonth: number, joiningMonths: number): readonly DemoUnit[] => {
  const random = randomStream(seed, -1);
  const known = drawProvinces(random);
  return reportingUnits.map((unit) => {
    const province = known.get(provinceOf(unit)) as Province;
    const lag = unit.level === 'province' ? 0 : random() * 0.15;
    const step = Math.floor((province.wave * 0.85 + lag) * (joiningMonths + 2)) - 1;
    return drawUnit(unit, province, firstMonth + Math.max(0, step), random);
  });
};
