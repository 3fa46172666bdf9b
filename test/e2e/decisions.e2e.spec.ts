/**
 * Locks and held corrections over the real services: after each decision every figure of the province's month, of its communes and of the country equals
 * a recomputation of the reports that are admitted; two who decide at once; a province worker killed in the middle.
 */
import type { Role } from '#access';
import { decodeAuditEntry, httpFaults, type AuditEntry } from '#contracts';
import { indicatorIndex, reportingUnitIndex, toExactJson, type Rollup } from '#domain';
import { boundsOf, readTopic } from '#stream';
import { issueKey } from '../../cli/access-keys.js';
import { referenceOf, type LockedMonth } from '../kit/admitted.js';
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { readReports } from '../kit/received.js';

const PERIOD = '2026-03';
const windows = ['2026-03', '2026-Q1', '2026-H1', '2026-9M', '2026'];
const communes = ['00004', '00008', '01273'];

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly items?: readonly Record<string, unknown>[] };
}

const shapeOf = (path: string): string | undefined => {
  if (path.startsWith('months/')) return 'Month';
  if (/^held(\?|$)/.test(path)) return 'HeldCorrections';
  if (/^held\/(accept|refuse)$/.test(path)) return 'DecidedCorrections';
  return path.startsWith('held/') ? 'DecidedCorrection' : undefined;
};

let events = 0;
const ratio = (unit: string, revision: number, numerator: number, period = PERIOD) =>
  anEvent({ id: `e${(events += 1)}`, data: { unit, indicator: 'c', period, revision, numerator, denominator: 100 } });
const counted = (unit: string, indicator: string, revision: number, value: number, period = PERIOD) => ({
  ...anEvent(),
  id: `e${(events += 1)}`,
  source: `/units/${unit}`,
  data: { unit, indicator, period, revision, value },
});

describe('decisions', () => {
  let it_: TestInstallation;
  const tokens = new Map<string, string>();

  const give = async (name: string, role: Role, unit: string): Promise<void> => {
    tokens.set(name, (await issueKey(it_, it_.env, { role, unit, days: 1, name })).token);
  };
  const ask = async (as: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(`${it_.dashboard}/v1/${path}`, {
      headers: {
        authorization: `Bearer ${tokens.get(as)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as Answer['body'];
    const shape = response.status === 200 ? shapeOf(path) : undefined;
    if (shape !== undefined) expect([path, httpFaults(shape, answer)]).toEqual([path, []]);
    return { status: response.status, body: answer };
  };
  const outcomeOf = ({ status, body }: Answer): string => `${status} ${String(body.code ?? body.state ?? '')}`.trim();
  const month = async () => (await ask('signer 01', `months/01/${PERIOD}`)).body;
  const byKafka = async (...all: object[]): Promise<void> => {
    const messages = all.map((event) => ({
      key: (event as { data: { unit: string } }).data.unit,
      value: JSON.stringify(event),
    }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
  };
  const byHttp = async (event: object): Promise<Answer['body']> => {
    const response = await fetch(`${it_.intake}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.get('reporter')}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify(event),
    });
    expect(response.status).toBe(202);
    return (await response.json()) as Answer['body'];
  };

  /** Every rollup of the communes, the province and the country over the windows of the month, as the API answers them. */
  const answered = async (): Promise<Map<string, unknown>> => {
    const found = new Map<string, unknown>();
    for (const unit of [...communes, '01', '04', 'VN']) {
      for (const window of windows) {
        const { body } = await ask('analyst', `rollups?unit=${unit}&window=${window}`);
        for (const item of body.items ?? []) found.set(`${unit}|${window}|${String(item.indicator)}`, figuresOf(item));
      }
    }
    return found;
  };
  const figuresOf = ({ indicator, numerator, denominator, value, percent, breakdown, reporting }: Partial<Rollup>) =>
    JSON.parse(toExactJson({ indicator, numerator, denominator, value, percent, breakdown, reporting })) as unknown;
  const recomputed = async (locked?: LockedMonth): Promise<Map<string, unknown>> => {
    const all = referenceOf(await readReports(it_), locked).rollups();
    const wanted = [...all].filter(([key]) => {
      const [unit, window] = key.split('|');
      return windows.includes(window) && [...communes, '01', '04', 'VN'].includes(unit);
    });
    return new Map(wanted.map(([key, rollup]) => [key, figuresOf(rollup)]));
  };
  const expectFigures = async (locked?: LockedMonth): Promise<void> => {
    await it_.drained();
    const expected = await recomputed(locked);
    expect(expected.size).toBeGreaterThan(40);
    expect(await answered()).toEqual(expected);
  };
  const heldIn = async (path = 'held?unit=01', count = 0): Promise<readonly Record<string, unknown>[]> => {
    const { body } = await eventually(
      () => ask('signer 01', path),
      ({ body: { total } }) => count === 0 || total === count,
    );
    return body.items ?? [];
  };

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,intake,dashboard', {
      env: { CLOCK_SKEW_MS: '200' },
    });
    for (const name of ['signer 01', 'second 01']) await give(name, 'signer', '01');
    await give('signer 00004', 'signer', '00004');
    await give('reporter 00004', 'reporter', '00004');
    await give('reporter', 'reporter', 'VN');
    await give('analyst', 'analyst', 'VN');
    await eventually(
      () => ask('signer 00004', `months/00004/${PERIOD}`),
      ({ status }) => status === 200,
    );
    await byKafka(
      ...communes.flatMap((unit, n) => [
        ratio(unit, 1, 10 + n),
        ratio(unit, 1, 5 + n, '2026-02'),
        counted(unit, 'relapses', 1, 7 + n),
        counted(unit, 'relapses', 1, 2, '2026-01'),
      ]),
      counted('01', 'inspections', 1, 4),
      counted('00004', 'inspections', 1, 3),
    );
    await it_.drained();
  }, 120_000);
  afterAll(() => it_.stop());

  let locked: LockedMonth;

  it('take a submission, and refuse a lock by who submitted, of other figures, or by a commune', async () => {
    const { figures, ownFigures, cutOff } = await month();
    expect(outcomeOf(await ask('signer 00004', `months/00004/${PERIOD}/submit`, { figures: 'f'.repeat(64) }))).toBe(
      '409 FIGURES_CHANGED',
    );
    expect(outcomeOf(await ask('signer 00004', `months/00004/${PERIOD}/submit`, {}))).toBe('200 open');
    expect(outcomeOf(await ask('signer 01', `months/01/${PERIOD}/submit`, { figures: ownFigures }))).toBe('200 open');
    const { submitted } = await month();
    expect(submitted).toMatchObject([
      { unit: '01', figures: ownFigures, isCurrent: true, by: { name: 'signer 01' } },
      { unit: '00004', isCurrent: true, by: { name: 'signer 00004' } },
    ]);
    const lock = { cutOff, figures };
    expect(outcomeOf(await ask('signer 00004', `months/00004/${PERIOD}/lock`, lock))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await ask('signer 00004', `months/01/${PERIOD}/lock`, lock))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await ask('signer 01', `months/01/${PERIOD}/lock`, lock))).toBe('403 SAME_PERSON');
    const wrong = { cutOff, figures: ownFigures };
    expect(outcomeOf(await ask('second 01', `months/01/${PERIOD}/lock`, wrong))).toBe('409 FIGURES_CHANGED');
    const ahead = { cutOff: new Date(Date.now() + 60_000).toISOString(), figures };
    expect(outcomeOf(await ask('second 01', `months/01/${PERIOD}/lock`, ahead))).toBe('400 INVALID_PARAMETER');
    expect((await month()).state).toBe('open');
  });

  it('of two locks at once one is in time', async () => {
    await give('third 01', 'signer', '01');
    const { figures, cutOff } = await month();
    await eventually(
      () => ask('third 01', `months/01/${PERIOD}`),
      ({ status }) => status === 200,
    );
    const both = await Promise.all(
      ['second 01', 'third 01'].map((who) => ask(who, `months/01/${PERIOD}/lock`, { cutOff, figures })),
    );
    expect(both.map(outcomeOf).sort()).toEqual(['200 locked', '409 MONTH_LOCKED']);
    expect(await month()).toMatchObject({ state: 'locked', cutOff, figures, held: 0 });
    locked = { province: '01', period: PERIOD, cutOff: Date.parse(String(cutOff)) };
    await expectFigures(locked);
  });

  it('hold corrections by Kafka and by HTTP, and say what each would change at every level', async () => {
    await byKafka(ratio('00004', 2, 90), counted('01273', 'relapses', 2, 11));
    const late = counted('00008', 'relapses', 2, 20);
    expect(await byHttp(late)).toMatchObject({ accepted: 1, held: [{ index: 0, id: late.id }] });
    expect(await byHttp(ratio('00008', 2, 8, '2026-01'))).not.toHaveProperty('held');
    await byKafka(counted('01', 'inspections', 2, 6));
    const items = await heldIn('held?unit=01', 3);
    expect(items.map(({ unit, indicator }) => `${String(unit)} ${String(indicator)}`)).toEqual([
      '00004 c',
      '00008 relapses',
      '01 inspections',
    ]);
    const first = (await ask('signer 01', 'held?unit=01&limit=1')).body as unknown as Record<string, unknown[]>;
    expect(first.items).toHaveLength(1);
    expect(first.months).toEqual(['00004', '00008', '01'].map((unit) => ({ unit, period: PERIOD, held: 1 })));
    expect(items[0]).toMatchObject({ before: { numerator: 10 }, after: { numerator: 90 }, event: { revision: 2 } });
    const effect = items[1].effect as readonly Record<string, unknown>[];
    expect(effect).toContainEqual({
      ...{ unit: '00008', window: '2026-Q1', difference: { value: 12 } },
      ...{ before: { value: 10, percent: null }, after: { value: 22, percent: null } },
    });
    // The province's signer does not see the country's figure, and knows by how much it would move.
    expect(effect).toContainEqual({ unit: 'VN', window: '2026', difference: { value: 12 } });
    const { body } = await ask('analyst', 'held?unit=VN');
    const province = await ask('analyst', 'rollups?unit=VN&window=2026&indicator=relapses');
    const before = (province.body.items?.[0] as { value: number }).value;
    expect(body.items?.[1].effect).toContainEqual({
      ...{ unit: 'VN', window: '2026', difference: { value: 12 } },
      ...{ before: { value: before, percent: null }, after: { value: before + 12, percent: null } },
    });
    expect((await ask('reporter 00004', 'held')).body).toMatchObject({ unit: '00004', total: 1 });
    expect((await month()).held).toBe(3);
    await expectFigures(locked);
  });

  it('accept one, refuse another, whatever dies meanwhile; each once; and the commune sees why', async () => {
    const [first, second, own] = await heldIn('held?unit=01', 3);
    const decide = (who: string, item: Record<string, unknown>, how: string, body: object = {}) =>
      ask(who, `held/${String(item.id)}/${how}`, body);
    expect(outcomeOf(await decide('signer 00004', first, 'accept'))).toBe('403 FORBIDDEN');
    expect(outcomeOf(await decide('signer 01', first, 'refuse'))).toBe('400 INVALID_PARAMETER');
    const named = { reason: 'theo ông Nguyễn Văn An, 0912345678' };
    expect(outcomeOf(await decide('signer 01', first, 'refuse', named))).toBe('400 PERSONAL_DATA');
    const both = await Promise.all([
      decide('signer 01', first, 'accept'),
      decide('second 01', first, 'accept', { reason: 'đã đối chiếu' }),
    ]);
    expect(both.map(outcomeOf).sort()).toEqual(['200', '409 DECIDED_ALREADY']);
    process.kill(it_.supervisor.pids().get('rollup-province') as number, 'SIGKILL');
    const reason = 'chưa có biên bản';
    const refused = await eventually(
      () => decide('signer 01', second, 'refuse', { reason }),
      ({ status }) => status !== 503,
      60_000,
    );
    expect(['200', '409 DECIDED_ALREADY']).toContain(outcomeOf(refused));
    expect(outcomeOf(await decide('signer 01', second, 'accept'))).toBe('409 DECIDED_ALREADY');
    const all = await ask('signer 01', 'held/accept', { unit: '01', period: PERIOD });
    expect(all.body.items).toMatchObject([{ id: own.id, decided: { decision: 'accepted' } }]);
    expect(await heldIn()).toEqual([]);
    const { body } = await ask('signer 01', 'held?unit=00008&decided=true');
    expect(body.items).toMatchObject([
      { id: second.id, decided: { decision: 'refused', reason }, after: { value: 20 } },
    ]);
    const cellOf = (unit: string, indicator: string) => `${reportingUnitIndex(unit)}|${indicatorIndex(indicator)}`;
    const upTo = (item: Record<string, unknown>) => Date.parse(String(item.receivedAt));
    const accepted = new Map([
      [cellOf('00004', 'c'), upTo(first)],
      [cellOf('01', 'inspections'), upTo(own)],
    ]);
    locked = { ...locked, accepted };
    await expectFigures(locked);
  }, 120_000);

  it('hold a greater revision of what was refused anew', async () => {
    await byKafka(counted('00008', 'relapses', 3, 21));
    const [item] = await heldIn('held?unit=00008', 1);
    expect(item).toMatchObject({ before: { value: 8 }, after: { value: 21 } });
    await expectFigures(locked);
  });

  it('reopen a month, which is read as of now then, and lock it anew', async () => {
    const reopen = (body: object) => ask('signer 01', `months/01/${PERIOD}/reopen`, body);
    expect(outcomeOf(await reopen({}))).toBe('400 INVALID_PARAMETER');
    expect(outcomeOf(await reopen({ reason: 'bổ sung số liệu' }))).toBe('200 open');
    expect(outcomeOf(await reopen({ reason: 'bổ sung số liệu' }))).toBe('409 MONTH_OPEN');
    await expectFigures();
    const { figures, cutOff } = await month();
    expect(outcomeOf(await ask('second 01', `months/01/${PERIOD}/lock`, { cutOff, figures }))).toBe('200 locked');
    await byKafka(ratio('00004', 9, 1));
    locked = { province: '01', period: PERIOD, cutOff: Date.parse(String(cutOff)) };
    await expectFigures(locked);
  });

  it('stand in the audit trail with their outcomes, those that were refused too', async () => {
    const entries: AuditEntry[] = [];
    const bounds = await boundsOf(it_.kafka, it_.topics.auditEntries);
    await readTopic(it_.kafka, it_.topics.auditEntries, bounds, (_, { value }) => {
      const entry = decodeAuditEntry(String(value));
      if (entry !== undefined) entries.push(entry);
    });
    const found = new Set(
      entries
        .filter(({ what }) => what.startsWith('decision.'))
        .map(({ what, outcome, unit }) => `${what} ${unit} ${outcome}`),
    );
    for (const entry of [
      'decision.submit 00004 FIGURES_CHANGED',
      'decision.submit 00004 done',
      'decision.lock 01 FORBIDDEN',
      'decision.lock 00004 FORBIDDEN',
      'decision.accept 00004 FORBIDDEN',
      'decision.lock 01 SAME_PERSON',
      'decision.lock 01 MONTH_LOCKED',
      'decision.lock 01 done',
      'decision.accept 00004 done',
      'decision.accept 00004 DECIDED_ALREADY',
      'decision.reopen 01 done',
      'decision.reopen 01 MONTH_OPEN',
    ])
      expect(found).toContain(entry);
  });
});
