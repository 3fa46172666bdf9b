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

/** A log that has an entry when it is told so. */
const aLog = () => {
  const noted: Noted[] = [];
  const taken: (() => void)[] = [];
  const failed: ((error: Error) => void)[] = [];
  const note = (entry: Noted) =>
    new Promise<void>((resolve, reject) => {
      noted.push(entry);
      taken.push(resolve);
      failed.push(reject);
    });
  return { noted, taken, failed, requests: new AuditedRequests({ note }) };
};
/** Nobody waits for the answer. */
const asked = (answer: Promise<void> | undefined) => answer && inBackground(answer);
const countOf = ({ facts }: Noted) => facts?.count;

describe('reads of the same by the same caller', () => {
  it('that are under way at once stand in one entry with their number, and wait for it', async () => {
    const { noted, taken, requests } = aLog();
    const answered: number[] = [];
    const ask = async (n: number) => {
      await requests.allowed(figures, of('00004'), analyst, '10.0.0.1');
      answered.push(n);
    };
    const all = [1, 2, 3, 4].map(ask);
    expect(noted.map(countOf)).toEqual([undefined]);
    taken[0]();
    await turn();
    expect(answered).toEqual([1]);
    expect(noted.map(countOf)).toEqual([undefined, '3']);
    expect(noted[1]).toMatchObject({ what: 'figures.read', unit: '00004', facts: { window: '2026-03', count: '3' } });
    all.push(ask(5));
    taken[1]();
    await turn();
    expect(answered).toEqual([1, 2, 3, 4]);
    expect(noted.map(countOf)).toEqual([undefined, '3', undefined]);
    taken[2]();
    await Promise.all(all);
  });

  it('are not those of another caller, address or unit', () => {
    const { noted, requests } = aLog();
    asked(requests.allowed(figures, of('00004'), analyst, '10.0.0.1'));
    asked(requests.allowed(figures, of('00004'), other, '10.0.0.1'));
    asked(requests.allowed(figures, of('00004'), analyst, '10.0.0.2'));
    asked(requests.allowed(figures, of('00008'), analyst, '10.0.0.1'));
    expect(noted.map(countOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it('are refused together where their entry cannot be written, and the next is tried anew', async () => {
    const { noted, taken, failed, requests } = aLog();
    const ask = () => requests.allowed(figures, of('00004'), analyst, '10.0.0.1');
    const first = ask();
    const [second, third] = [ask(), ask()];
    taken[0]();
    await first;
    await turn();
    failed[1](new Error('away'));
    await expect(second).rejects.toThrow('away');
    await expect(third).rejects.toThrow('away');
    asked(ask());
    expect(noted.map(countOf)).toEqual([undefined, '2', undefined]);
  });
});

it('two who look at the trail at once stand in it each', () => {
  const { noted, requests } = aLog();
  const trail: Rule = { action: 'audit.read', unit: { orElse: 'own' } };
  for (let n = 0; n < 2; n += 1) asked(requests.allowed(trail, { params: {}, query: {} }, analyst, '10.0.0.1'));
  expect(noted).toHaveLength(2);
});

it('of reports that may not be entered for a unit it is noted who tried; of the intake elsewhere', () => {
  const asked = { params: { code: '00004' }, query: {} };
  const entered: Rule = { action: 'events.publish', unit: { param: 'code' } };
  expect(auditedAs(entered, asked, analyst, true)).toEqual({ what: 'events.publish', unit: '00004' });
  expect(auditedAs(entered, asked, analyst)).toBeUndefined();
  expect(auditedAs({ action: 'events.publish' }, asked, analyst, true)).toBeUndefined();
});
