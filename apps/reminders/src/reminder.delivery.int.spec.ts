/**
 * One reminder after the other, in a real MongoDB, to a real mail server and receiver; the time and what communes have reported are the test's.
 */
import { randomBytes } from 'node:crypto';
import {
  calendar,
  childrenOf,
  expectedIndicators,
  monthEnd,
  monthIndex,
  reminderPlan,
  type UnitReports,
} from '#domain';
import { createLogger, outgoingRules, sealText } from '#service';
import { JobQueue } from '#queue';
import {
  connectStore,
  ContactRepository,
  ReminderRepository,
  StoreUnavailable,
  webhookPlace,
  type Connection,
  type ReminderRecord,
} from '#store';
import { needed, testDatabase } from '../../../test/kit/installation.js';
import { HookReceiver, MailReceiver } from '../../../test/kit/receivers.js';
import { MailSender } from './mail-sender.js';
import { ReminderDelivery } from './reminder.delivery.js';
import { ReminderPlanner } from './reminder.planner.js';
import { WebhookSender } from './webhook-sender.js';

const at = (text: string): number => Date.parse(`${text}+07:00`);
/** The morning after the deadline of March. */
const MORNING = at('2026-03-18T09:00:00');
const MARCH = monthIndex('2026-03') as number;
const ALL = expectedIndicators('commune');
const BA_DINH = '00004';
const sealingKey = randomBytes(32);
const logger = createLogger('reminders-test', 'silent');

describe('a reminder', () => {
  const name = `r${randomBytes(4).toString('hex')}`;
  let connection: Connection;
  let reminders: ReminderRepository;
  let contacts: ContactRepository;
  let queue: JobQueue;
  let mail: MailReceiver;
  let hooks: HookReceiver;
  let mailUrl: string;
  let now: number;
  /** Live cells of the communes that are not complete. */
  let live: Record<string, number>;
  let isBehind: boolean;
  let ended: string[];

  const reportsOf = (province: string): UnitReports =>
    Object.fromEntries(
      childrenOf(province)
        .map(({ code }) => [code, live[code] ?? ALL] as const)
        .filter(([, cells]) => cells > 0)
        .map(([code, cells]) => [code, [cells, cells < ALL ? 0 : 1] as const]),
    );
  const standing = {
    reports: () => Promise.resolve(isBehind ? undefined : reportsOf),
    reported: () => Promise.resolve(new Set(['a', 'b'])),
  };

  beforeAll(async () => {
    connection = await connectStore({ MONGODB_URI: testDatabase(needed('MONGODB_URI'), name) });
    contacts = new ContactRepository(connection);
    queue = new JobQueue('reminders', { TOPIC_PREFIX: name, REDIS_URL: needed('REDIS_URL') }, logger);
  });
  afterAll(async () => {
    await queue.close();
    await connection.dropDatabase();
    await connection.close();
  });
  beforeEach(async () => {
    await connection.dropDatabase();
    reminders = await ReminderRepository.prepared(connection);
    [now, live, isBehind, ended] = [MORNING, { [BA_DINH]: 0 }, false, []];
    mail = new MailReceiver();
    mailUrl = await mail.listen();
    hooks = new HookReceiver();
    await hooks.listen();
  });
  afterEach(async () => {
    await mail.close();
    await hooks.close();
  });

  const delivery = (repository = reminders) =>
    new ReminderDelivery(
      {
        plan: reminderPlan,
        calendar,
        sealingKey,
        now: () => now,
        ended: (channel, outcome) => ended.push(`${channel} ${outcome}`),
      },
      repository,
      contacts,
      standing,
      {
        mail: new MailSender({ url: mailUrl, from: 'nhac-viec@example.vn', answerMs: 1_000 }),
        webhook: new WebhookSender(
          outgoingRules({ WEBHOOK_NETWORKS: '127.0.0.0/8', ACCESS: 'demo' }),
          () => now,
          1_000,
        ),
      },
    );
  const planner = (hasMail = true) =>
    new ReminderPlanner(
      { plan: reminderPlan, calendar, hasMail, now: () => now, logger },
      standing,
      reminders,
      contacts,
      queue,
    );
  const give = async (unit: string, { emails = ['a@example.vn'], hook = false } = {}): Promise<void> => {
    const secret = sealText(sealingKey, `whsec_${Buffer.alloc(32, 1).toString('base64')}`, webhookPlace(unit));
    const webhook = hook ? { url: hooks.url, secret } : null;
    const seen = (await contacts.get(unit))?.revision ?? 0;
    expect(await contacts.put(unit, seen, { emails, webhook, updatedAt: new Date(now) })).toBe(true);
  };
  const record = async (id: string): Promise<ReminderRecord> => {
    const found = await reminders.get(id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found;
  };
  const stateOf = async (id: string): Promise<string> => (await record(id)).state;
  const EMAIL = `${BA_DINH}|2026-03|after-1|email`;
  const HOOK = `${BA_DINH}|2026-03|after-1|webhook`;
  const planned = async (contact = {}): Promise<void> => {
    await give(BA_DINH, contact);
    await planner().plan();
  };

  it('is planned once for each channel, however often, and not for whoever has reported', async () => {
    await give(BA_DINH, { hook: true });
    live = { [BA_DINH]: 0, '00008': 3, '00025': ALL };
    await Promise.all([planner().plan(), planner().plan()]);
    await planner().plan();
    const found = await reminders.list({ unit: '01', level: 'province', limit: 100 });
    expect(found.map(({ id, state }) => `${id} ${state}`).sort()).toEqual([
      `${EMAIL} planned`,
      `${HOOK} planned`,
      '00008|2026-03|after-1|none no-contact',
    ]);
  });

  it('is planned within the hours of a working day alone, and not while the pipeline is behind', async () => {
    await give(BA_DINH);
    const count = async () => (await reminders.list({ unit: 'VN', level: 'country', limit: 10 })).length;
    for (const quiet of ['2026-03-18T07:59:00', '2026-03-18T17:00:00', '2026-03-21T10:00:00']) {
      now = at(quiet);
      await planner().plan();
      expect([quiet, await count()]).toEqual([quiet, 0]);
    }
    now = MORNING;
    isBehind = true;
    await planner().plan();
    expect(await count()).toBe(0);
    isBehind = false;
    await planner().plan();
    expect(await count()).toBe(1);
  });

  it('goes to the commune, says what is missing, and is not sent a second time', async () => {
    await planned();
    expect(await delivery().deliver(EMAIL)).toBe('done');
    expect(await record(EMAIL)).toMatchObject({ state: 'sent', to: ['a@example.vn'], attempts: 1 });
    expect(await delivery().deliver(EMAIL)).toBe('done');
    expect(mail.mails).toHaveLength(1);
    expect(ended).toEqual(['email sent']);
  });

  it('goes to the province with the communes that lack something', async () => {
    live = { [BA_DINH]: 0, '00008': 3 };
    now = at('2026-03-20T10:00:00');
    await give('01');
    await planner().plan();
    await delivery().deliver('01|2026-03|escalation-3|email');
    expect(await record('01|2026-03|escalation-3|email')).toMatchObject({ state: 'sent', about: [BA_DINH, '00008'] });
    expect(mail.mails).toHaveLength(1);
  });

  it('is not sent to a commune that has completed meanwhile', async () => {
    await planned();
    live = {};
    expect(await delivery().deliver(EMAIL)).toBe('done');
    expect([await stateOf(EMAIL), mail.mails.length]).toEqual(['unneeded', 0]);
  });

  it('waits for the hours, and for a pipeline that is behind', async () => {
    await planned();
    now = at('2026-03-18T20:00:00');
    expect(await delivery().deliver(EMAIL)).toEqual({ later: 12 * 3_600_000 });
    now = MORNING;
    isBehind = true;
    expect(await delivery().deliver(EMAIL)).toEqual({ later: 10_000 });
    expect([await stateOf(EMAIL), mail.mails.length]).toEqual(['planned', 0]);
  });

  it('is given up when its step is over', async () => {
    await planned();
    now = monthEnd(MARCH + 1);
    expect(await delivery().deliver(EMAIL)).toBe('done');
    expect(await stateOf(EMAIL)).toBe('expired');
  });

  it('that was held up is not sent beside the next one, which has taken its place', async () => {
    now = at('2026-06-15T09:00:00');
    await give(BA_DINH);
    await planner().plan();
    now = at('2026-06-16T09:00:00');
    await planner().plan();
    const [first, second] = ['before-3', 'before-1'].map((step) => `${BA_DINH}|2026-06|${step}|email`);
    for (const id of [first, second]) await delivery().deliver(id);
    expect([await stateOf(first), await stateOf(second), mail.mails.length]).toEqual(['expired', 'sent', 1]);
  });

  it('is sent by one of two workers that have it at once', async () => {
    await planned();
    await Promise.all([delivery().deliver(EMAIL), delivery().deliver(EMAIL), delivery().deliver(EMAIL)]);
    expect(mail.mails).toHaveLength(1);
    expect(await stateOf(EMAIL)).toBe('sent');
  });

  it('whose worker died over it is unknown and not sent by mail; a webhook goes again, the same to the byte', async () => {
    await planned({ hook: true });
    for (const id of [EMAIL, HOOK]) {
      const { body: _, ...held } = await record(id);
      expect(await reminders.claim(held, 'dead', id === HOOK ? { body: '{"kept":true}' } : {})).toBe(true);
      await delivery().deliver(id);
    }
    expect(await record(EMAIL)).toMatchObject({ state: 'unknown', reason: 'PROCESS_ENDED' });
    expect([await stateOf(HOOK), mail.mails.length, hooks.hooks.map(({ body }) => body)]).toEqual([
      'sent',
      0,
      ['{"kept":true}'],
    ]);
  });

  it('is what its own worker knows, though another took it for dead', async () => {
    await planned();
    mail.isHolding = true;
    const own = delivery().deliver(EMAIL);
    while (mail.mails.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await delivery().deliver(EMAIL);
    expect(await stateOf(EMAIL)).toBe('unknown');
    mail.answerHeld();
    await own;
    expect([await stateOf(EMAIL), mail.mails.length]).toEqual(['sent', 1]);
  });

  it('that is refused for now is tried again at its time, and not before', async () => {
    await planned({ hook: true });
    hooks.status = 503;
    mail.refusedAddresses.set('a@example.vn', 451);
    for (const id of [EMAIL, HOOK]) expect(await delivery().deliver(id)).toEqual({ later: 5_000 });
    expect(await record(HOOK)).toMatchObject({ state: 'planned', reason: 'HTTP 503', attempts: 1 });
    now += 4_000;
    for (const id of [EMAIL, HOOK]) expect(await delivery().deliver(id)).toEqual({ later: 1_000 });
    now += 1_000;
    hooks.status = 200;
    mail.refusedAddresses.clear();
    for (const id of [EMAIL, HOOK]) expect([await delivery().deliver(id), await stateOf(id)]).toEqual(['done', 'sent']);
    const ids = new Set(hooks.hooks.map(({ headers, body }) => `${String(headers['webhook-id'])} ${body}`));
    expect([hooks.hooks.length, ids.size, mail.mails.length]).toEqual([2, 1, 1]);
  });

  it('is given up after ten attempts', async () => {
    await planned();
    await mail.close();
    let attempts = 0;
    for (let outcome: unknown; outcome !== 'done'; attempts += 1) {
      outcome = await delivery().deliver(EMAIL);
      while (typeof outcome === 'object' && outcome !== null && 'later' in outcome) {
        now += outcome.later as number;
        const { nextAt } = await record(EMAIL);
        // Quiet hours may lie between.
        if ((nextAt?.getTime() ?? 0) <= now) break;
        outcome = await delivery().deliver(EMAIL);
      }
      if (attempts > 40) throw new Error('without end');
    }
    expect(await record(EMAIL)).toMatchObject({ state: 'failed', attempts: 10 });
    mail = new MailReceiver();
    await mail.listen();
  });

  it('is claimed before anything is handed over: where MongoDB does not take the claim, nothing is', async () => {
    await planned();
    const away = Object.assign(Object.create(reminders) as ReminderRepository, {
      claim: () => Promise.reject(new StoreUnavailable('MongoDB did not answer')),
    });
    await expect(delivery(away).deliver(EMAIL)).rejects.toThrow(StoreUnavailable);
    expect([await stateOf(EMAIL), mail.mails.length]).toEqual(['planned', 0]);
    await delivery().deliver(EMAIL);
    expect([await stateOf(EMAIL), mail.mails.length]).toEqual(['sent', 1]);
  });

  it('writes what became of it until MongoDB takes it', async () => {
    await planned();
    let refusals = 2;
    const shaky = Object.assign(Object.create(reminders) as ReminderRepository, {
      settle: (...given: Parameters<ReminderRepository['settle']>) =>
        refusals-- > 0 ? Promise.reject(new StoreUnavailable('MongoDB did not answer')) : reminders.settle(...given),
    });
    await delivery(shaky).deliver(EMAIL);
    expect([await stateOf(EMAIL), mail.mails.length, refusals]).toEqual(['sent', 1, -1]);
  });

  it('goes where the unit is reminded now, and nowhere where it is not any more', async () => {
    await planned();
    await give(BA_DINH, { emails: ['moi@example.vn'] });
    await delivery().deliver(EMAIL);
    expect(mail.mails.map(({ to }) => to)).toEqual([['moi@example.vn']]);
    await give(BA_DINH, { hook: true });
    await planner().plan();
    await give(BA_DINH, { emails: [] });
    await delivery().deliver(HOOK);
    expect([await stateOf(HOOK), hooks.hooks.length]).toEqual(['no-contact', 0]);
  });

  it('that had no way out is planned once there is one', async () => {
    await planner(false).plan();
    expect(await stateOf(`${BA_DINH}|2026-03|after-1|none`)).toBe('no-contact');
    await give(BA_DINH);
    await planner(false).plan();
    expect(await reminders.get(`${BA_DINH}|2026-03|after-1|none`)).toBeUndefined();
    expect(await stateOf(EMAIL)).toBe('no-channel');
    await planner(true).plan();
    expect(await stateOf(EMAIL)).toBe('planned');
  });

  it('gets its job again where Redis has lost it', async () => {
    await planned();
    await queue.forget(`send-reminder-${EMAIL}`);
    expect(await queue.stateOf(`send-reminder-${EMAIL}`)).toBeUndefined();
    now += 60_000;
    await planner().plan();
    expect(await queue.stateOf(`send-reminder-${EMAIL}`)).toMatchObject({ state: 'waiting' });
  });
});
