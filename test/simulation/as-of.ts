/**
 * The provinces' windows as of earlier instants: what had been received and decided by then, and what the store's words and decisions say.
 */
import { decodeDecided } from '#contracts';
import {
  MonthDecisions,
  monthCode,
  ProvinceAsOf,
  rollupsFrom,
  toExactJson,
  unitOf,
  type Decision,
  type Report,
  type Unit,
} from '#domain';
import { referenceAt } from '../kit/reference.js';
import { wordsOfMonth, type MonthOverflows, type UnitHistoryDocument } from '#store';
import type { SimStore } from './store.js';
import { GENERATION } from './worker.js';

/** Few, as each is a recomputation: just before and at decisions, and in the middle of the reports. */
const MOST_INSTANTS = 4;

const chosenInstants = (reports: readonly Report[], decisions: readonly Decision[]): number[] => {
  const receipts = reports.map(({ receivedAt }) => receivedAt).sort((a, b) => a - b);
  const around = decisions.flatMap(({ receivedAt }) => [receivedAt - 1, receivedAt]);
  return [...new Set([...receipts.slice(receipts.length >> 1).slice(0, 1), ...around])].slice(0, MOST_INSTANTS);
};

/** By `instant|unit|window|indicator`; every instant stands there, if only with nothing. */
export const expectedAsOf = (reports: readonly Report[], decisions: readonly Decision[]): Map<string, string> => {
  const expected = new Map<string, string>();
  for (const at of chosenInstants(reports, decisions)) {
    expected.set(`${at}`, '');
    const reference = referenceAt(at, reports, decisions);
    for (const [key, rollup] of reference.rollups(({ level }) => level === 'province'))
      expected.set(`${at}|${key}`, toExactJson(rollup));
  }
  return expected;
};

export const instantsOf = (asOf: ReadonlyMap<string, string>): number[] =>
  [...asOf].flatMap(([key, text]) => (text === '' ? [Number(key)] : []));

export const storedAsOf = (instants: readonly number[], store: SimStore): Map<string, string> => {
  const decided = decidedMonths(store);
  const found = new Map<string, string>();
  for (const at of instants) {
    found.set(`${at}`, '');
    const asOf = new ProvinceAsOf(at);
    for (const [words, province] of storedWords(store)) {
      const [{ month }] = words;
      asOf.take(words, decided.get(`${province}|${monthCode(month)}`) ?? MonthDecisions.none);
    }
    for (const { unit, window, items } of asOf.end().allWindows((each) => each))
      for (const rollup of rollupsFrom(unitOf(unit) as Unit, items))
        found.set(`${at}|${unit}|${window}|${rollup.indicator}`, toExactJson(rollup));
  }
  return found;
};

function* storedWords(store: SimStore): Generator<readonly [words: readonly Report[], province: string]> {
  const overflows = store.collection(`month_overflows_g${GENERATION}`) as unknown as MonthOverflows;
  const years = store.collection(`unit_histories_g${GENERATION}`) as unknown as Map<string, UnitHistoryDocument>;
  for (const year of years.values()) {
    for (const month of Object.keys(year.months)) {
      const words = wordsOfMonth(year, `${year.year}-${month}`, GENERATION, overflows) ?? [];
      if (words.length > 0) yield [words, year.province];
    }
  }
}

const decidedMonths = (store: SimStore): Map<string, MonthDecisions> =>
  new Map(
    [...store.collection(`decided_months_g${GENERATION}`).values()].map(({ province, month, record }) => {
      const { decisions = [] } = decodeDecided(Buffer.from(String(record)), GENERATION) ?? {};
      return [`${String(province)}|${String(month)}`, MonthDecisions.of(decisions)] as const;
    }),
  );
