import fc from 'fast-check';
import { ACCOUNTS_KEY, OWNER_KEY, readUnitMonth, RECORD_VERSION, topicsOf } from '#contracts';
import { ProvinceState, skylinesOf, type ProvinceWindow } from '#domain';
import type { KafkaMessage, OutRecord } from '#kafka';
import { aReport } from '../../../test/kit/builders.js';
import { arbitraryReport } from '../../../test/kit/workload.js';
import { provinceRecords, ProvinceRestore } from './province-records.js';

const topics = topicsOf('t');
const [GENERATION, PARTITION] = [3, 1];
const context = { topics, generation: GENERATION, partitions: new Map([[topics.provinceRollups, 4]]) };
const records = provinceRecords(context, PARTITION);

const messageOf = (key: string, value: string | null) =>
  ({ key: Buffer.from(key), value: value === null ? null : Buffer.from(value) }) as KafkaMessage;
const message = ({ key, value }: OutRecord) => messageOf(key as string, value as string);
const ownerNote = (owner: string, g = GENERATION) =>
  messageOf(OWNER_KEY, JSON.stringify({ v: RECORD_VERSION, g, owner }));

const monthsOf = (state: ProvinceState, of = records) =>
  state.takeUnitMonths((month) => of.unitMonth(month, false).map(message)).flat();
const windowsOf = (state: ProvinceState): Map<string, ProvinceWindow> =>
  new Map(state.takeWindows((window) => [`${window.unit}|${window.window}`, window] as const));
const restoreOf = (...messages: readonly KafkaMessage[]) => {
  const restore = new ProvinceRestore(GENERATION, 'me');
  restore.take(messages);
  return restore;
};

describe('records of a province partition', () => {
  it('stand where readers look for them: months and accounts in its own partition, a window in that of its year', () => {
    const state = new ProvinceState();
    state.merge(aReport());
    const own = { topic: topics.communeRollups, partition: PARTITION };
    const [[month]] = state.takeUnitMonths((each) => records.unitMonth(each, false));
    const windows = state.takeWindows((window) => records.window(window));
    expect(month).toMatchObject({ ...own, key: '00004|2026-03' });
    expect(records.accounts({ accounts: {} })).toMatchObject({ ...own, key: ACCOUNTS_KEY });
    const found = windows.map(({ topic, partition, key }) => [topic, partition, key]);
    expect(found).toContainEqual([topics.provinceRollups, 2026 % 4, '01|2026-Q1']);
    expect(found).toHaveLength(5);
  });

  it('make the state again: after the next change it says what the state says that they were made of', () => {
    const batches = fc.array(fc.array(arbitraryReport, { maxLength: 20 }), { maxLength: 3 });
    fc.assert(
      fc.property(batches, fc.array(arbitraryReport, { minLength: 1, maxLength: 10 }), (before, after) => {
        const state = new ProvinceState();
        const log: KafkaMessage[] = [];
        for (const reports of before) {
          for (const report of reports) state.merge(report);
          log.push(...monthsOf(state));
        }
        windowsOf(state);
        const restore = restoreOf(...log, ownerNote('me'));
        expect(restore.found.found).toBe(state.months);
        const restored = restore.end();
        expect([restored.pending, windowsOf(restored).size]).toEqual([0, 0]);
        for (const report of after) expect(restored.merge(report)).toBe(state.merge(report));
        const textsOf = (held: ProvinceState) =>
          monthsOf(held)
            .map(({ value }) => String(value))
            .sort();
        expect(textsOf(restored)).toEqual(textsOf(state));
        expect(windowsOf(restored)).toEqual(windowsOf(state));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a month whose words change more often than a record may hold', () => {
  /** Everything that stands in the newest record of each key of months and overflows. */
  const wordsIn = (log: readonly KafkaMessage[]) => {
    const newest = new Map(log.map(({ key, value }) => [String(key), value as Buffer]));
    return skylinesOf([...newest.values()].flatMap((value) => readUnitMonth(value, GENERATION, 0) ?? []));
  };
  const few = 3;
  const receipts = fc.uniqueArray(fc.integer({ min: 1, max: 10_000 }), { minLength: 20, maxLength: 60 });
  const changes = fc.tuple(receipts, fc.array(fc.constantFrom('b', 'c'), { minLength: 60, maxLength: 60 }));
  const reportsOf = ([receivedAt, indicators]: readonly [readonly number[], readonly string[]]) =>
    receivedAt.map((at, n) => aReport({ indicator: indicators[n], revision: at, figure: [1, 4], receivedAt: at }));

  it('puts words away where they never change, and keeps a record small', () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 1, max: 20 }), (made, size) => {
        const state = new ProvinceState(few);
        const log: KafkaMessage[] = [];
        const reports = reportsOf(made);
        for (let from = 0; from < reports.length; from += size) {
          for (const report of reports.slice(from, from + size)) state.merge(report);
          log.push(...monthsOf(state));
        }
        expect(wordsIn(log)).toEqual(skylinesOf(reports));
        const keys = log.map(({ key }) => String(key)).filter((key) => key.startsWith('~overflow|'));
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.length).toBe(state.overflows);
        for (const { value } of log)
          expect((readUnitMonth(value as Buffer, GENERATION, 0) ?? []).length).toBeLessThanOrEqual(2 + few);
      }),
      { numRuns: 200 },
    );
  });

  it('is restored, counted, and goes on with the next number', () => {
    fc.assert(
      fc.property(changes, changes, (before, after) => {
        const state = new ProvinceState(few);
        for (const report of reportsOf(before)) state.merge(report);
        const log = monthsOf(state);
        const { months, overflows } = state;
        log.push(message(records.accounts({ accounts: {}, readUpTo: '1', months, overflows })));
        const restore = new ProvinceRestore(GENERATION, 'me', few);
        restore.take(log);
        expect(restore.found).toEqual({ found: 1 + overflows, noted: 1 + overflows, hasNote: true });
        const restored = restore.end();
        for (const report of reportsOf(after)) expect(restored.merge(report)).toBe(state.merge(report));
        const next = monthsOf(restored);
        expect(wordsIn([...log, ...next])).toEqual(skylinesOf([...reportsOf(before), ...reportsOf(after)]));
        const taken = new Set(log.map(({ key }) => String(key)));
        for (const { key } of next.filter((each) => String(each.key).startsWith('~overflow|')))
          expect(taken).not.toContain(String(key));
      }),
      { numRuns: 200 },
    );
  });

  it('is not whole where an overflow is gone', () => {
    const state = new ProvinceState(few);
    for (let revision = 1; revision <= 20; revision += 1) state.merge(aReport({ revision, receivedAt: revision }));
    const { months, overflows } = state;
    const [, ...rest] = monthsOf(state);
    const note = message(records.accounts({ accounts: {}, months, overflows: state.overflows }));
    const { found, noted } = restoreOf(...rest, note).found;
    expect([months, overflows, Number(noted) - found]).toEqual([1, 0, 1]);
  });
});

describe('a restore of a province partition', () => {
  it('is complete at the note of its owner, not at that of another, nor of another generation', () => {
    const restore = new ProvinceRestore(GENERATION, 'me');
    expect(restore.take([ownerNote('another')])).toBe(false);
    expect(restore.take([ownerNote('me', 2)])).toBe(false);
    expect(restore.take([messageOf(OWNER_KEY, null)])).toBe(false);
    expect(restore.take([ownerNote('me'), ownerNote('another')])).toBe(true);
  });

  it('goes by the newest accounts of its generation, and without any says that there are none', () => {
    const note = (readUpTo: string, months: number) => message(records.accounts({ accounts: {}, readUpTo, months }));
    const older = provinceRecords({ ...context, generation: 2 }, PARTITION);
    const restore = restoreOf(note('7', 2), note('9', 3), message(older.accounts({ accounts: {}, readUpTo: '1' })));
    expect(restore.progress).toEqual({ accounts: {}, readUpTo: '9' });
    expect(restore.found).toEqual({ found: 0, noted: 3, hasNote: true });
    expect(restoreOf(ownerNote('me')).progress).toBeUndefined();
    expect(restoreOf().found).toEqual({ found: 0, noted: undefined, hasNote: false });
  });

  it('passes over what is of another generation, another note, or no record at all', () => {
    const state = new ProvinceState();
    state.merge(aReport());
    const other = provinceRecords({ ...context, generation: 2 }, PARTITION);
    const [month] = monthsOf(state, other);
    const rubbish = [messageOf('00004|2026-03', '{'), messageOf('00004|2026-03', null), messageOf('~later', '{}')];
    const restore = restoreOf(month, message(other.accounts({ accounts: {} })), ...rubbish);
    expect([restore.found.found, restore.found.hasNote, restore.end().months]).toEqual([0, false, 0]);
  });

  it('counts a month once, however often it was written', () => {
    const state = new ProvinceState();
    const log = [1, 2, 3].flatMap((revision) => {
      state.merge(aReport({ revision }));
      return monthsOf(state);
    });
    expect([log.length, restoreOf(...log).found.found]).toEqual([3, 1]);
  });
});
