import { createHash } from 'node:crypto';
import {
  attains,
  checkEvent,
  deadlineOf,
  indicatorIndex,
  indicators,
  isRefusal,
  reportsSaidBy,
  monthCode,
  monthIndex,
  provinceOf,
  reportingUnits,
  targetOf,
  type Report,
  type Rollup,
} from '#domain';
import { eventOf, type DemoEvent, type Draft } from './demo-event.js';
import { rubbish } from './demo-rubbish.js';
import { demoMonths, demoYear, demoYearSize, type DemoOptions } from './demo-year.js';

const now = Date.parse('2026-11-22T06:40:00Z');
const year: DemoOptions = { seed: 5, firstMonth: monthIndex('2026-01')!, lastMonth: monthIndex('2026-11')!, now };
const month: DemoOptions = { ...year, lastMonth: year.firstMonth };
/** Quick to make: the first two months. */
const twoMonths: DemoOptions = { ...year, lastMonth: year.firstMonth + 1 };

const check = ({ key, value }: DemoEvent) =>
  checkEvent({ bytes: Buffer.byteLength(value), text: value, key, receivedAt: now });

const digest = (options: DemoOptions): string => {
  const hash = createHash('sha256');
  for (const { key, value } of demoYear(options)) hash.update(`${key} ${value}\n`);
  return hash.digest('hex');
};

describe('the demonstration year as a stream', () => {
  it('is the same for the same options, and another for another seed', () => {
    expect(digest(month)).toBe(digest({ ...month }));
    expect(digest({ ...month, seed: 6 })).not.toBe(digest(month));
  });

  it('says the same of a month however late it is asked and however many months follow', () => {
    const texts = (options: DemoOptions) => new Set([...demoYear(options)].map(({ key, value }) => `${key} ${value}`));
    const [short, long] = [texts(month), texts({ ...twoMonths, now: now + 30 * 86_400_000 })];
    expect([...short].filter((text) => !long.has(text))).toEqual([]);
  });

  it('holds nothing that looks like a person, to the slow way either', () => {
    const codes = [...demoYear(twoMonths)].map(({ key, value }) => check({ key, value: `\n${value}` }));
    expect(codes.filter((outcome) => isRefusal(outcome) && outcome.code === 'PERSONAL_DATA')).toEqual([]);
  });

  it('reaches the servers a moment after each event says, in whole milliseconds, and never in the future', () => {
    const late = [...demoYear(twoMonths)].filter(({ key, value, receivedAt }) => {
      const outcome = checkEvent({ bytes: Buffer.byteLength(value), text: value, key, receivedAt });
      const waited = isRefusal(outcome) ? 0 : receivedAt - outcome.seconds * 1000;
      return !Number.isInteger(receivedAt) || receivedAt > now || waited < 0 || waited > 3_000;
    });
    expect(late).toEqual([]);
  });

  it('publishes month by month, shuffled within the month', () => {
    const events = [...demoYear(twoMonths)];
    const periods = events.map(({ value }) => /"period":"(2026-\d\d)"/.exec(value)?.[1]);
    const firstOfSecond = periods.indexOf('2026-02');
    expect(periods.slice(0, firstOfSecond).every((period) => period !== '2026-02')).toBe(true);
    expect(periods.slice(firstOfSecond).filter((period) => period === '2026-01').length).toBeGreaterThan(10);
    const keys = events.slice(0, 1_000).map(({ key }) => key);
    expect(keys).not.toEqual([...keys].sort());
  });
});

describe('the year before', () => {
  const both: DemoOptions = { ...month, hasYearBefore: true };
  const before = [...demoYear(both)].slice(0, demoYearSize(both) - demoYearSize(month));

  it('comes first: every unit, at the ends of quarters, for the indicators that have targets', () => {
    const said = before.flatMap((event) => {
      const outcome = check(event);
      return isRefusal(outcome) ? [] : reportsSaidBy(outcome);
    });
    expect(new Set(said.map((report) => monthCode(report.month)))).toEqual(
      new Set(['2025-03', '2025-06', '2025-09', '2025-12']),
    );
    expect(new Set(said.map(({ unit }) => unit)).size).toBe(reportingUnits.length);
    expect(new Set(said.map(({ indicator }) => indicators[indicator].group))).toEqual(new Set(['target']));
    expect(before.length).toBeLessThan(110_000);
  });

  it('leaves the year what it is', () => {
    const texts = (options: DemoOptions) => [...demoYear(options)].map(({ value }) => value);
    expect(texts(both).slice(before.length)).toEqual(texts(month));
  });
});

describe('the demonstration year as a whole', () => {
  it.each([5, 1, 2])('has between 450,000 and 600,000 events (seed %i)', (seed) => {
    const size = demoYearSize({ ...year, seed });
    expect(size).toBeGreaterThan(450_000);
    expect(size).toBeLessThan(600_000);
  });

  it('is counted as it is given', () => {
    expect(demoYearSize(month)).toBe([...demoYear(month)].length);
  });
});

describe('the events of the demonstration year', () => {
  const autumn: DemoOptions = { ...year, firstMonth: year.lastMonth - 2 };
  const seen = { events: 0, spoilt: 0, repeated: 0, retracted: 0, corrected: 0, behind: 0, onTime: 0, first: 0 };
  const refusals = new Set<string>();
  const wrong: string[] = [];
  const newest = new Map<string, Report>();

  const keep = (report: Report, draft: Draft) => {
    const cell = `${draft.sheet.unit} ${report.indicator} ${report.month}`;
    const held = newest.get(cell);
    if (held === undefined || report.revision > held.revision) newest.set(cell, report);
    else if (report.revision === held.revision) seen.repeated += 1;
    else seen.behind += 1;
    if (report.figure === null) seen.retracted += 1;
    else if (report.revision === 2) seen.corrected += 1;
    if (report.revision > 1) return;
    seen.first += 1;
    if (report.seconds * 1000 <= deadlineOf(report.month, 'commune')) seen.onTime += 1;
  };

  beforeAll(() => {
    for (const draft of [...demoMonths(autumn)].flat()) {
      const event = eventOf(draft);
      const outcome = check(event);
      seen.events += 1;
      if (draft.time > now) wrong.push(`dated after now: ${event.value}`);
      if (isRefusal(outcome) !== (draft.spoil !== undefined)) wrong.push(`${JSON.stringify(outcome)}: ${event.value}`);
      if (isRefusal(outcome)) {
        seen.spoilt += 1;
        refusals.add(outcome.code);
      } else for (const report of reportsSaidBy(outcome)) keep(report, draft);
    }
  });

  it('are all accepted but for the rubbish, and none is dated after now', () => {
    expect(wrong).toEqual([]);
  });

  it('are rubbish of every kind about once in a thousand', () => {
    expect(seen.spoilt / seen.events).toBeGreaterThan(0.0005);
    expect(seen.spoilt / seen.events).toBeLessThan(0.0015);
    expect([...refusals].sort()).toEqual([...new Set(rubbish.map(([code]) => code))].sort());
  });

  it('have corrections, retractions, repeats and older revisions after newer ones', () => {
    const share = (count: number) => (100 * count) / seen.events;
    expect(Math.abs(share(seen.corrected) - 2.7)).toBeLessThan(0.7);
    expect(Math.abs(share(seen.retracted) - 0.27)).toBeLessThan(0.15);
    expect(Math.abs(share(seen.repeated) - 2)).toBeLessThan(0.5);
    expect(seen.behind).toBeGreaterThan(100);
  });

  it('are mostly on time', () => {
    expect(seen.onTime / seen.first).toBeGreaterThan(0.8);
    expect(seen.onTime / seen.first).toBeLessThan(0.95);
  });

  it.each(['01', '15'])('let province %s attain some targets of its plan and miss others', (province) => {
    const outcomes = ['b', 'c', 'd', 'dd'].map((indicator) => {
      const figures = [...newest.values()].filter(
        ({ unit, indicator: index, month: at, figure }) =>
          figure !== null &&
          at === autumn.lastMonth &&
          index === indicatorIndex(indicator) &&
          provinceOf(reportingUnits[unit]) === province,
      );
      const sum = (slot: number) => figures.reduce((total, { figure }) => total + (figure?.[slot] ?? 0), 0);
      const rollup = { numerator: sum(0), denominator: sum(1), breakdown: {} } as unknown as Rollup;
      return attains(targetOf(province, indicator, 2026), rollup, undefined);
    });
    expect(new Set(outcomes)).toEqual(new Set([true, false]));
  });
});

describe('rubbish', () => {
  const sheet = {
    seed: 1,
    unit: '00070',
    period: monthCode(year.firstMonth),
    row: new Float64Array(0),
    detailed: true,
  };

  it.each(rubbish.map(([code, spoil], index) => [index, code, spoil] as const))(
    '%i is refused as %s',
    (_, code, spoil) => {
      expect(check(spoil(sheet, now))).toMatchObject({ code });
    },
  );
});
