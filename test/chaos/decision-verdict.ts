/** Holds what was decided, what waits and what was answered as of instants against the topics, recomputed. */
import {
  cellFigureOf,
  correctionId,
  COUNTRY,
  indicatorIndex,
  monthCode,
  monthIndex,
  provinces,
  toExactJson,
  unitOf,
  type Decision,
  type Rollup,
  type Unit,
} from '#domain';
import { connectStore } from '#store';
import { compareFigures } from '../../cli/verification.js';
import { FIRST_GENERATION } from '../kit/installation.js';
import { heldOf, lockOf, type HeldCell } from '../kit/held.js';
import { differing, provinceFaultsAsOf } from '../kit/provinces-as-of.js';
import { referenceAt, type Reference } from '../kit/reference.js';
import { askedWindows, type AsOfAnswer, type AsOfWatch } from './as-of-watch.js';
import { inEffect } from './decision-attempts.js';
import type { Ground } from './ground.js';
import type { Signers } from './signers.js';
import { decidedPeriods } from './signing.js';
import type { Truth } from './verdict.js';

const HELD_MOST = 1_000;
const YEAR = '2026';
/** Of the instants that were asked about, so many are made again. */
const INSTANTS = 5;

/** Each kind of decision was made, and corrections came both ways. */
export const decisionCoverage = ({ sent }: Signers, { decisions }: Truth): string[] => {
  const made = new Set(inEffect(decisions).map(({ type }) => type));
  const kinds: readonly Decision['type'][] = [
    ...(['month.submitted', 'month.locked', 'month.reopened'] as const),
    ...(['correction.accepted', 'correction.refused'] as const),
  ];
  return [
    ...kinds.filter((kind) => !made.has(kind)).map((kind) => `none was made: ${kind}`),
    ...Object.entries(sent).flatMap(([way, count]) => (count > 0 ? [] : [`no correction was sent by ${way}`])),
  ];
};

/** What stands of provinces and their communes besides rollups: what each cell ever said, and what was decided. */
export const historyFaults = async ({ mongodb }: Ground, { reference }: Truth): Promise<string[]> => {
  const connection = await connectStore({ MONGODB_URI: mongodb });
  try {
    const faults: string[] = [];
    for (const unit of provinces) {
      const scope = { unit, withUnits: true };
      const { differences } = await compareFigures(connection, FIRST_GENERATION, reference, scope);
      faults.push(...differences.map((each) => JSON.stringify(each)));
    }
    return faults;
  } finally {
    await connection.close();
  }
};

interface Listed {
  readonly id: string;
  readonly before?: unknown;
  readonly after: unknown;
  readonly decided?: { readonly decision: string; readonly by: { readonly id: string } };
}

/** What the dashboard says of the months that signers decided about: locked or open, what waits, what was decided. */
export const heldFaults = async (signers: Signers, truth: Truth): Promise<string[]> => {
  const faults: string[] = [];
  const { submitter, api } = signers;
  const get = async (province: string, path: string): Promise<Record<string, unknown>> =>
    ((await api.get(submitter(province), path)) ?? {}) as Record<string, unknown>;
  const compare = (what: string, found: unknown, expected: unknown) => {
    const [a, b] = [toExactJson(found), toExactJson(expected)];
    if (a !== b) faults.push(`${what}: expected ${b.slice(0, 400)}, found ${a.slice(0, 400)}`);
  };
  for (const province of signers.provinces) {
    for (const period of decidedPeriods) {
      const held = heldIn(truth, province, period);
      const month = await get(province, `months/${province}/${period}`);
      const lock = lockOf(truth.decisions, province, monthIndex(period) as number);
      compare(`${province} ${period}`, stateOf(month), {
        ...{ state: lock === undefined ? 'open' : 'locked', held: held.length },
        ...(lock && { cutOff: new Date(lock.cutOff).toISOString(), by: lock.by.id }),
      });
      const path = `held?unit=${province}&period=${period}&limit=${HELD_MOST}`;
      const list = await get(province, path);
      const found = ((list.items ?? []) as Listed[]).map(({ id, before, after }) => ({ id, before, after }));
      compare(`held of ${province} ${period}`, byId(found).slice(0, HELD_MOST), byId(held).slice(0, HELD_MOST));
      const decided = ((await get(province, `${path}&decided=true`)).items ?? []) as Listed[];
      compare(`decided of ${province} ${period}`, byId(decided.map(decidedOf)), decidedIn(truth, province, period));
    }
  }
  return faults;
};

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => (a.id < b.id ? -1 : 1));

const stateOf = ({ state, held, cutOff, by }: Record<string, unknown>): unknown => ({
  ...{ state, held },
  ...(state === 'locked' ? { cutOff, by: (by as { readonly id: string }).id } : {}),
});

const heldIn = ({ reference, decisions }: Truth, province: string, period: string) => {
  const month = monthIndex(period) as number;
  return heldOf(reference, decisions, province, { month, period }).map((held) => ({
    id: `${held.unit}.${held.indicator}.${period}.${held.word.receivedAt}`,
    before: saidOf(reference, period, held),
    after: cellFigureOf(held.word),
  }));
};

const saidOf = (reference: Reference, period: string, { unit, indicator }: HeldCell): unknown => {
  const figure = reference.liveCells(unitOf(unit) as Unit).get(`${period}|${indicator}`) ?? null;
  return cellFigureOf({ indicator: indicatorIndex(indicator) as number, figure });
};

const decidedOf = ({ id, decided }: Listed) => ({ id, decision: decided?.decision, by: decided?.by.id });

const decidedIn = ({ decisions }: Truth, province: string, period: string) =>
  byId(
    inEffect(decisions).flatMap((one) => {
      if (!('upTo' in one) || one.province !== province || monthCode(one.month) !== period) return [];
      const id = correctionId(one);
      return [{ id, decision: one.type === 'correction.accepted' ? 'accepted' : 'refused', by: one.by.id }];
    }),
  );

/** Provinces and the country as of some of the instants: as they were answered then, as they are now, every window of every province. */
export const asOfFaults = async (ground: Ground, watch: AsOfWatch, truth: Truth): Promise<string[]> => {
  const faults: string[] = [];
  for (const at of instantsOf(watch)) {
    const reference = referenceAt(at, truth.reports, truth.decisions);
    const expected = reference.rollups(({ level }) => level !== 'commune');
    const answers = watch.answers.filter((answer) => answer.at === at);
    for (const window of askedWindows) {
      const now = await watch.ask(COUNTRY, window, at);
      if (now === undefined) faults.push(`VN ${window} as of ${at}: not answered`);
      else answers.push(now);
    }
    for (const answer of answers) faults.push(...answerFaults(answer, expected));
    faults.push(...(await provinceFaultsAsOf(ground.mongodb, YEAR, at, expected)));
  }
  return faults;
};

/** Some of the instants, spread over the run. */
export const instantsOf = ({ instants }: AsOfWatch): readonly number[] =>
  instants.filter((_, n) => n % Math.ceil(instants.length / INSTANTS) === 0);

const answerFaults = ({ at, unit, window, rollups }: AsOfAnswer, expected: ReadonlyMap<string, Rollup>): string[] => {
  const wanted = [...expected].filter(([key]) => key.startsWith(`${unit}|${window}|`)).map(([, rollup]) => rollup);
  return differing(`${unit} ${window} as of ${at}, answered`, rollups.map(figureOf), wanted);
};

/** Of an answer's item what a recomputation has too. */
const figureOf = (item: Rollup): Rollup => {
  const { indicator, numerator, denominator, value, percent, breakdown, reporting } = item;
  return { indicator, numerator, denominator, value, percent, breakdown, reporting };
};
