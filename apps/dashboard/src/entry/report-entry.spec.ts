import type { AuditLog, Noted } from '#access';
import { monthIndex, unitOf, type Unit } from '#domain';
import type { EntryClaim, EntryClaims, HistoryReader } from '#store';
import { aReport } from '../../../../test/kit/builders.js';
import type { Asker } from '../decision-maker.js';
import { IntakeUnavailable, EntryUnderWay } from './entry.errors.js';
import type { Entry } from './entry-events.js';
import type { IntakeAnswer, IntakeClient } from './intake-client.js';
import { ReportEntry } from './report-entry.js';

const NOW = Date.parse('2026-04-10T03:00:00Z');
const MARCH = monthIndex('2026-03') as number;
const commune = unitOf('00004') as Unit;
const askerOf = (id: string): Asker => ({
  principal: { id, name: id, kind: 'person', roles: ['reporter'], unit: '00004' },
  from: '127.0.0.1',
});
const [lan, minh] = [askerOf('lan'), askerOf('minh')];
const jobs = (seen: number, value: number): Entry => ({ cells: [{ indicator: 'jobs', seen, figure: { value } }] });

/** One place, as MongoDB keeps it. */
class FakeClaims {
  held: EntryClaim | undefined;
  get = () => Promise.resolve(this.held);
  put = (_: string, seen: number, claim: EntryClaim) => {
    if ((this.held?.n ?? 0) !== seen) return Promise.resolve(false);
    this.held = claim;
    return Promise.resolve(true);
  };
  release = () => {
    this.held = undefined;
    return Promise.resolve();
  };
}

const aDesk = () => {
  const claims = new FakeClaims();
  const sent: { id: string; data: { revision: number; value: number } }[] = [];
  const notes: Noted[] = [];
  const desk = {
    claims,
    sent,
    notes,
    now: NOW,
    words: [] as ReturnType<typeof aReport>[],
    answer: (events: readonly object[]): IntakeAnswer => ({ accepted: events.length, rejected: [] }),
  };
  const history = { months: () => Promise.resolve([{ words: desk.words }]) };
  const intake = {
    isConfigured: true,
    send: (events: readonly object[]) => {
      sent.push(...(events as typeof sent));
      return Promise.resolve().then(() => desk.answer(events));
    },
  };
  const log = {
    note: (noted: Noted) => {
      notes.push(noted);
      return Promise.resolve();
    },
  };
  const entry = new ReportEntry(
    history as unknown as HistoryReader,
    claims as unknown as EntryClaims,
    intake as unknown as IntakeClient,
    log as unknown as AuditLog,
    () => desk.now,
  );
  const enter = (who: Asker, what: Entry) => entry.enter(who, commune, MARCH, what);
  return Object.assign(desk, { enter });
};
const changed = expect.objectContaining({ code: 'REPORT_CHANGED' }) as Error;

describe('entering a report', () => {
  it('sends the next revision and says what became of each cell', async () => {
    const desk = aDesk();
    desk.words = [aReport({ indicator: 'jobs', revision: 4, figure: [1] })];
    desk.answer = () => ({ accepted: 1, rejected: [], held: [{ index: 0 }] });
    const { accepted, cells } = await desk.enter(lan, jobs(4, 2));
    expect([accepted, cells]).toEqual([1, [{ indicator: 'jobs', revision: 5, event: desk.sent[0].id, isHeld: true }]]);
    expect(desk.sent[0].data).toMatchObject({ revision: 5, value: 2 });
    expect(desk.notes.map(({ what, outcome, facts }) => [what, outcome, facts?.cells])).toEqual([
      ['report.entered', 'begun', 'jobs'],
      ['report.entered', 'done', 'jobs'],
    ]);
  });

  it('sends nothing where the form showed something else, or where another sent before, whose figure is not to be seen yet', async () => {
    const desk = aDesk();
    await desk.enter(lan, jobs(0, 2));
    await expect(desk.enter(minh, jobs(0, 3))).rejects.toEqual(changed);
    desk.words = [aReport({ indicator: 'jobs', revision: 1, figure: [2] })];
    await expect(desk.enter(minh, jobs(0, 3))).rejects.toEqual(changed);
    expect(desk.sent).toHaveLength(1);
    expect(desk.notes.at(-1)?.outcome).toBe('REPORT_CHANGED');
    await desk.enter(minh, jobs(1, 3));
    expect(desk.sent.at(-1)?.data).toMatchObject({ revision: 2, value: 3 });
  });

  it('lets one of two who claim at the same time send, and tells the other', async () => {
    const desk = aDesk();
    const both = await Promise.allSettled([desk.enter(lan, jobs(0, 2)), desk.enter(minh, jobs(0, 3))]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(desk.sent).toHaveLength(1);
  });

  it('sends the same once more under the same id, after an answer that was not seen and after a second click', async () => {
    const desk = aDesk();
    const { answer } = desk;
    desk.answer = () => {
      throw new EntryUnderWay('no answer');
    };
    await expect(desk.enter(lan, jobs(0, 2))).rejects.toThrow('no answer');
    await expect(desk.enter(minh, jobs(0, 3))).rejects.toEqual(changed);
    desk.answer = answer;
    desk.now += 60_000;
    await desk.enter(lan, jobs(0, 2));
    await desk.enter(lan, jobs(0, 2));
    expect(new Set(desk.sent.map((event) => JSON.stringify(event))).size).toBe(1);
    // Something else by the same person outranks what may have arrived.
    const other = aDesk();
    other.answer = desk.answer;
    Object.assign(other.claims, { held: { ...desk.claims.held, isTaken: false } });
    await other.enter(lan, jobs(0, 7));
    expect(other.sent[0].data.revision).toBe(2);
  });

  it('leaves nothing claimed where the intake took nothing, or refused the cell', async () => {
    const desk = aDesk();
    const { answer } = desk;
    desk.words = [aReport({ indicator: 'jobs', revision: 4, figure: [1] })];
    desk.answer = () => {
      throw new IntakeUnavailable('wrong key');
    };
    await expect(desk.enter(lan, jobs(4, 2))).rejects.toThrow('wrong key');
    desk.answer = () => ({ accepted: 0, rejected: [{ index: 0, code: 'SCHEMA', pointer: '', detail: '' }] });
    expect(await desk.enter(lan, jobs(4, 2))).toMatchObject({ accepted: 0, rejected: [{ indicator: 'jobs' }] });
    desk.answer = answer;
    await desk.enter(lan, jobs(4, 2));
    expect(desk.sent.at(-1)?.data).toMatchObject({ revision: 5, value: 2 });
  });

  it('sends and claims nothing where a figure is not right', async () => {
    const desk = aDesk();
    const { accepted, rejected } = await desk.enter(lan, jobs(0, 10_000_001));
    expect([accepted, rejected.map(({ code }) => code), desk.sent, desk.claims.held]).toEqual([
      0,
      ['VALUE_TOO_LARGE'],
      [],
      undefined,
    ]);
    expect(desk.notes.at(-1)?.outcome).toBe('VALUE_TOO_LARGE');
  });
});
