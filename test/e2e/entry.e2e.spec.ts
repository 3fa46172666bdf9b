/** What is typed about a month, over the real services: from the form to the rollup, two at once, wrong figures, a locked month, and who may. */
import type { Role } from '#access';
import { decodeAuditEntry, httpFaults, type AuditEntry } from '#contracts';
import { boundsOf, readTopic } from '#stream';
import { issueKey } from '../../cli/access-keys.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';

interface Form {
  readonly isLocked: boolean;
  readonly isConfigured: boolean;
  readonly cells: readonly { indicator: string; figure: unknown; held: unknown; revision: number }[];
}
interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & {
    readonly cells?: readonly { indicator: string; revision: number; isHeld: boolean }[];
    readonly rejected?: readonly { indicator: string; code: string; pointer: string }[];
  };
}

describe('entering a report', () => {
  let it_: TestInstallation;
  const tokens = new Map<string, string>();

  const give = async (name: string, role: Role, unit: string): Promise<void> => {
    tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
  };
  const headersOf = (as: string) => ({ authorization: `Bearer ${tokens.get(as)}` });
  const read = async <T>(as: string, path: string): Promise<T> =>
    (await (await fetch(`${it_.dashboard}/v1/${path}`, { headers: headersOf(as) })).json()) as T;
  const enter = async (as: string, body: object, { unit = '00004', period = '2026-03' } = {}): Promise<Answer> => {
    const response = await fetch(`${it_.dashboard}/v1/units/${unit}/reports/${period}`, {
      method: 'POST',
      headers: { ...headersOf(as), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Answer['body'];
    const shape = { 202: 'EnteredReport', 422: 'ReportRefused' }[response.status];
    if (shape !== undefined) expect([shape, httpFaults(shape, answer)]).toEqual([shape, []]);
    return { status: response.status, body: answer };
  };
  const ofC = (seen: number, numerator: number) => ({
    cells: [{ indicator: 'c', seen, figure: { numerator, denominator: 30 } }],
  });
  const form = (period = '2026-03') => read<Form>('signer', `units/00004/reports/${period}`);
  const cellOf = async (indicator: string, period?: string) =>
    (await form(period)).cells.find((cell) => cell.indicator === indicator);
  const numeratorOf = async (unit: string) => {
    const { items } = await read<{ items: { numerator: number }[] }>(
      'province',
      `rollups?unit=${unit}&window=2026-03&indicator=c`,
    );
    return items[0]?.numerator;
  };

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', {
      env: { CLOCK_SKEW_MS: '200' },
    });
    await give('reporter', 'reporter', '00004');
    await give('second', 'reporter', '01');
    await give('signer', 'signer', '00004');
    await give('province', 'signer', '01');
    await give('elsewhere', 'reporter', '00008');
    await eventually(
      async () => (await enter('second', {})).status,
      (status) => status === 400,
    );
  }, 120_000);
  afterAll(() => it_.stop());

  it('goes from the form to the figures of the commune and of its province, with what each cell follows', async () => {
    const before = await form();
    expect([before.isConfigured, before.isLocked, before.cells.length]).toEqual([true, false, 26]);
    const { status, body } = await enter('reporter', {
      cells: [
        { indicator: 'c', seen: 0, figure: { numerator: 12, denominator: 30 } },
        {
          indicator: 'e',
          seen: 0,
          figure: { numerator: 1, denominator: 2, breakdown: { hospital: { numerator: 1, denominator: 2 } } },
        },
      ],
    });
    expect([status, body]).toEqual([
      202,
      expect.objectContaining({
        accepted: 2,
        cells: [
          expect.objectContaining({ indicator: 'c', revision: 1, isHeld: false }),
          expect.objectContaining({ indicator: 'e', revision: 1, isHeld: false }),
        ],
      }),
    ]);
    await it_.drained();
    expect([await numeratorOf('00004'), await numeratorOf('01')]).toEqual([12, 12]);
    expect(await cellOf('c')).toEqual({
      indicator: 'c',
      figure: { numerator: 12, denominator: 30 },
      held: null,
      revision: 1,
    });
    expect((await enter('second', { cells: [{ indicator: 'e', seen: 1, figure: null }] })).status).toBe(202);
    await it_.drained();
    expect(await cellOf('e')).toMatchObject({ figure: null, revision: 2 });
  });

  it('lets one of two who type at once send, and tells the other', async () => {
    const both = await Promise.all([enter('reporter', ofC(1, 13)), enter('second', ofC(1, 14))]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('REPORT_CHANGED');
    const [{ status: ofFirst }] = both;
    await it_.drained();
    expect(await numeratorOf('01')).toBe(ofFirst === 202 ? 13 : 14);
    expect((await enter('second', ofC(1, 15))).status).toBe(409);
    expect((await enter('second', ofC(2, 15))).status).toBe(202);
  });

  it('takes nothing where a figure is not right, and says which', async () => {
    const { status, body } = await enter('reporter', {
      cells: [
        { indicator: 'jobs', seen: 0, figure: { value: 2 } },
        { indicator: 'd', seen: 0, figure: { numerator: 31, denominator: 30 } },
      ],
    });
    expect([status, body]).toMatchObject([
      422,
      {
        code: 'EVENTS_REFUSED',
        rejected: [{ indicator: 'd', code: 'NUMERATOR_EXCEEDS_DENOMINATOR', pointer: '/data/numerator' }],
      },
    ]);
    await it_.drained();
    expect(await cellOf('jobs')).toMatchObject({ revision: 0 });
    // What nobody sent is in no list of what was refused.
    expect(await read('reporter', 'rejections?unit=00004')).toMatchObject({ items: [] });
    expect((await enter('reporter', ofC(0, 1), { period: '2030-12' })).body).toMatchObject({
      rejected: [{ code: 'FUTURE_PERIOD' }],
    });
  });

  it('says in one step that nothing arose, of the month’s eleven figures that are added up', async () => {
    const { status, body } = await enter('reporter', { nothingArose: true, cells: [] }, { period: '2026-02' });
    expect([status, body.accepted, body.cells?.length]).toEqual([202, 1, 11]);
    await it_.drained();
    expect(await cellOf('jobs', '2026-02')).toMatchObject({ figure: { value: 0 }, revision: 1 });
    expect(await cellOf('pop_addicts', '2026-02')).toMatchObject({ figure: null, revision: 0 });
    const again = await enter('second', { nothingArose: true, cells: [] }, { period: '2026-02' });
    expect([again.status, again.body.code]).toEqual([409, 'REPORT_CHANGED']);
  });

  it('is held where the month is locked', async () => {
    const headers = { ...headersOf('province'), 'content-type': 'application/json' };
    const { cutOff, figures } = await read<Record<string, string>>('province', 'months/01/2026-03');
    const lock = await fetch(`${it_.dashboard}/v1/months/01/2026-03/lock`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ cutOff, figures }),
    });
    expect(lock.status).toBe(200);
    await eventually(form, ({ isLocked }) => isLocked);
    const { status, body } = await eventually(
      () => enter('reporter', ofC(3, 16)),
      (answer) => answer.status !== 409,
    );
    expect([status, body.cells]).toMatchObject([202, [{ indicator: 'c', revision: 4, isHeld: true }]]);
    const held = await eventually(
      () => cellOf('c'),
      (cell) => cell?.held !== null,
    );
    expect(held).toMatchObject({
      figure: { numerator: 15 },
      held: { figure: { numerator: 16, denominator: 30 } },
      revision: 4,
    });
  });

  it('is for who reports for the unit alone, as JSON, and stands in the audit trail with who and which cells', async () => {
    const refused = await Promise.all([
      enter('elsewhere', ofC(0, 1)),
      enter('signer', ofC(0, 1)),
      enter('reporter', ofC(0, 1), { unit: '00008' }),
      enter('reporter', ofC(0, 1), { unit: '01' }),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    const asForm = await fetch(`${it_.dashboard}/v1/units/00004/reports/2026-03`, {
      method: 'POST',
      headers: { ...headersOf('reporter'), 'content-type': 'text/plain' },
      body: JSON.stringify(ofC(0, 1)),
    });
    expect(asForm.status).toBe(415);
    const entries: AuditEntry[] = [];
    const topic = it_.topics.auditEntries;
    await readTopic(it_.kafka, topic, await boundsOf(it_.kafka, topic), (_, { value }) => {
      const entry = decodeAuditEntry(String(value));
      if (entry?.what === 'report.entered') entries.push(entry);
    });
    const ofQuiet = entries.filter(({ facts }) => facts?.cells === 'nothing arose');
    // Two people's entries may stand in two partitions, which have no order between them.
    const outcomesOf = (person: string) =>
      ofQuiet.filter(({ who }) => who?.name === person).map(({ outcome }) => outcome);
    expect(outcomesOf('reporter')).toEqual(['begun', 'done']);
    expect(outcomesOf('second')).toEqual(['begun', 'REPORT_CHANGED']);
    expect(ofQuiet).toHaveLength(4);
    expect(ofQuiet[0]).toMatchObject({ unit: '00004', facts: { period: '2026-02' } });
  });

  it('is not lost where the intake is away: the same once more is the same report', async () => {
    const jobs = { cells: [{ indicator: 'jobs', seen: 0, figure: { value: 4 } }] };
    await it_.supervisor.remove('intake');
    const away = await enter('reporter', jobs, { period: '2026-01' });
    expect([away.status, away.body.code]).toEqual([503, 'ENTRY_UNDER_WAY']);
    // Nobody else takes the revision meanwhile.
    expect((await enter('second', jobs, { period: '2026-01' })).status).toBe(409);
    it_.supervisor.add('intake');
    const back = await eventually(
      () => enter('reporter', jobs, { period: '2026-01' }),
      ({ status }) => status === 202,
      60_000,
    );
    expect(back.body.cells).toMatchObject([{ indicator: 'jobs', revision: 1 }]);
  }, 90_000);
});
