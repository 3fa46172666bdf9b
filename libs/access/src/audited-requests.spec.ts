import { inBackground } from '#promises';
import { auditedAs, AuditedRequests } from './audited-requests.js';
import type { Noted } from './audit-log.js';
import type { Principal } from './principal.js';
import type { Rule } from './rules.js';

const analyst: Principal = { id: 'a', name: 'A', kind: 'key', roles: ['analyst'], unit: 'VN' };
const other: Principal = { ...analyst, id: 'b' };
const figures: Rule = { action: 'figures.read', unit: { query: 'unit' } };
const of = (unit: string) => ({ params: {}, query: { unit, window: '2026-03' } });
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A log whose entries leave, are written or fail when they are told so. */
const aLog = () => {
  const entries: {
    readonly made: () => Noted;
    readonly written: () => void;
    readonly fails: (error: Error) => void;
  }[] = [];
  const noted: Noted[] = [];
  const noteAsItIs = (_who: string | null, made: () => Noted) =>
    new Promise<void>((written, fails) => entries.push({ made, written, fails }));
  const note = (entry: Noted) => noteAsItIs(null, () => entry);
  const leaves = (n: number) => noted.push(entries[n].made());
  return { entries, noted, leaves, requests: new AuditedRequests({ note, noteAsItIs }) };
};
/** Nobody waits for the answer. */
const asked = (answer: Promise<void> | undefined) => answer && inBackground(answer);
const countOf = ({ facts }: Noted) => facts?.count;

describe('reads of the same by the same caller', () => {
  it('that come until their entry leaves stand in it, with their number, and wait until it is written', async () => {
    const { entries, noted, leaves, requests } = aLog();
    const answered: number[] = [];
    const ask = async (n: number) => {
      await requests.allowed(figures, of('00004'), analyst, '10.0.0.1');
      answered.push(n);
    };
    const all = [1, 2, 3].map(ask);
    expect(entries).toHaveLength(1);
    leaves(0);
    expect(noted[0]).toMatchObject({ what: 'figures.read', unit: '00004', facts: { window: '2026-03', count: '3' } });
    all.push(ask(4));
    expect(entries).toHaveLength(2);
    await turn();
    expect(answered).toEqual([]);
    entries[0].written();
    await turn();
    expect(answered).toEqual([1, 2, 3]);
    leaves(1);
    expect(noted.map(countOf)).toEqual(['3', undefined]);
    entries[1].written();
    await Promise.all(all);
  });

  it('are not those of another caller, address or unit', () => {
    const { entries, requests } = aLog();
    asked(requests.allowed(figures, of('00004'), analyst, '10.0.0.1'));
    asked(requests.allowed(figures, of('00004'), other, '10.0.0.1'));
    asked(requests.allowed(figures, of('00004'), analyst, '10.0.0.2'));
    asked(requests.allowed(figures, of('00008'), analyst, '10.0.0.1'));
    expect(entries).toHaveLength(4);
  });

  it.each(['before', 'after'])(
    'are refused together where their entry cannot be written, %s it left, and the next is tried anew',
    async (when) => {
      const { entries, noted, leaves, requests } = aLog();
      const ask = () => requests.allowed(figures, of('00004'), analyst, '10.0.0.1');
      const both = [ask(), ask()];
      if (when === 'after') leaves(0);
      entries[0].fails(new Error('away'));
      for (const answer of both) await expect(answer).rejects.toThrow('away');
      asked(ask());
      expect(entries).toHaveLength(2);
      leaves(1);
      expect(noted.at(-1)?.facts?.count).toBeUndefined();
    },
  );

  it('do not lose the entry that waits where the one before it fails', async () => {
    const { entries, noted, leaves, requests } = aLog();
    const ask = () => requests.allowed(figures, of('00004'), analyst, '10.0.0.1');
    const first = ask();
    leaves(0);
    const second = ask();
    entries[0].fails(new Error('away'));
    await expect(first).rejects.toThrow('away');
    const third = ask();
    leaves(1);
    entries[1].written();
    await Promise.all([second, third]);
    expect([entries.length, noted.map(countOf)]).toEqual([2, [undefined, '2']]);
  });
});

it('two who look at the trail at once stand in it each', () => {
  const { entries, requests } = aLog();
  const trail: Rule = { action: 'audit.read', unit: { orElse: 'own' } };
  for (let n = 0; n < 2; n += 1) asked(requests.allowed(trail, { params: {}, query: {} }, analyst, '10.0.0.1'));
  expect(entries).toHaveLength(2);
});

it('of reports that may not be entered for a unit it is noted who tried; of the intake elsewhere', () => {
  const asked = { params: { code: '00004' }, query: {} };
  const entered: Rule = { action: 'events.publish', unit: { param: 'code' } };
  expect(auditedAs(entered, asked, analyst, true)).toEqual({ what: 'events.publish', unit: '00004' });
  expect(auditedAs(entered, asked, analyst)).toBeUndefined();
  expect(auditedAs({ action: 'events.publish' }, asked, analyst, true)).toBeUndefined();
});
