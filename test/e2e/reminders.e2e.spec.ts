/**
 * Reminders by the real service, to a real SMTP server and HTTP receiver: exactly those whose month lacks something, once for each cause, whatever
 * dies in the middle. The receivers live in the test's process, so that they outlive the service.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import type { Role } from '#access';
import { httpFaults, type ContactsView, type ReminderView } from '#contracts';
import {
  childrenOf,
  indicators,
  monthCode,
  calendarWith,
  stepsInForce,
  type Indicator,
  type ReminderPlan,
} from '#domain';
import { issueKey } from '../../cli/access-keys.js';
import { copiesOf } from '../../cli/services.js';
import { Supervisor } from '../../cli/supervisor.js';
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { HookReceiver, MailReceiver } from '../kit/receivers.js';

/** Every hour of every day is worked; with this deadline a step after it is in force on any day of the year. */
const plan: ReminderPlan = {
  version: 'test',
  source: 'test',
  announcedThrough: '2030-12-31',
  steps: [
    { workingDays: 1, to: 'commune' },
    { workingDays: 1, to: 'province' },
  ],
  hours: { from: '00:00', to: '24:00' },
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  everyYear: [],
  daysOff: [],
  workedDays: [],
};
const COMMUNE_DEADLINE_DAY = 1;
const HANOI = '01';
/** How many reminders the service sends at once. */
const AT_ONCE = 4;

const communes = childrenOf(HANOI)
  .slice(0, 16)
  .map(({ code }) => code);
const [complete, partial, missing] = [communes.slice(0, 2), communes.slice(2, 5), communes.slice(5)];
const lacking = [...partial, ...missing];
const addressOf = (unit: string): string => `xa-${unit}@example.vn`;
/** Every second one has a webhook too. */
const hasWebhook = (unit: string): boolean => communes.indexOf(unit) % 2 === 0;

const owed = indicators.filter(({ reported_by }) => reported_by.includes('commune'));
const zeroOf = ({ kind, breakdown }: Indicator): Record<string, unknown> => {
  const figure = kind === 'ratio' ? { numerator: 0, denominator: 0 } : { value: 0 };
  return breakdown === undefined
    ? figure
    : { ...figure, breakdown: Object.fromEntries(breakdown.map((category) => [category, figure])) };
};

describe('reminders', () => {
  let it_: TestInstallation;
  let reminders: Supervisor;
  const mail = new MailReceiver();
  const hooks = new HookReceiver();
  const folder = mkdtempSync(join(tmpdir(), 'reminders-'));
  const keys = new Map<Role, string>();
  const secrets = new Map<string, string>();
  const periods = [
    ...new Set(
      stepsInForce(Date.now(), plan, calendarWith({ communeDay: COMMUNE_DEADLINE_DAY })).map(({ month }) =>
        monthCode(month),
      ),
    ),
  ];

  beforeAll(async () => {
    const url = await mail.listen();
    await hooks.listen();
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    const env = {
      REMINDERS: 'on',
      REMINDERS_FILE: join(folder, 'plan.json'),
      COMMUNE_DEADLINE_DAY: String(COMMUNE_DEADLINE_DAY),
      SMTP_URL: url,
      MAIL_FROM: 'nhac-viec@example.vn',
      WEBHOOK_NETWORKS: '127.0.0.0/8',
      SEALING_KEY: Buffer.alloc(32, 3).toString('base64'),
    };
    it_ = await startInstallation('check,province,ministry,projection,dashboard', { env });
    for (const role of ['signer', 'analyst'] as const)
      keys.set(role, (await issueKey(it_, it_.env, { role, unit: HANOI, days: 1, name: role })).token);
    reminders = new Supervisor(
      { root: process.cwd(), env: it_.env, logDir: folder, say: () => undefined },
      copiesOf('reminders'),
    );
    await publish();
    await it_.drained();
  });
  afterAll(async () => {
    await reminders?.stop();
    await it_?.stop();
    await mail.close();
    await hooks.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const publish = async (): Promise<void> => {
    const messages = periods.flatMap((period) =>
      [...complete, ...partial].flatMap((unit) =>
        owed
          .filter(({ code }) => complete.includes(unit) || code !== 'c')
          .map((indicator) => ({
            key: unit,
            value: JSON.stringify({
              ...anEvent({
                id: `${unit}-${period}-${indicator.code}`,
                time: new Date(Date.now() - 60_000).toISOString(),
              }),
              source: `/units/${unit}`,
              data: { unit, indicator: indicator.code, period, revision: 1, ...zeroOf(indicator) },
            }),
          })),
      ),
    );
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
  };

  const ask = async <T>(role: Role, path: string, body?: object): Promise<T> => {
    const headers: Record<string, string> = { authorization: `Bearer ${keys.get(role)}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const init = body === undefined ? {} : { method: 'PUT', body: JSON.stringify(body) };
    const answer = await fetch(it_.dashboard + path, { headers, ...init });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    const found = (await answer.json()) as T;
    expect(httpFaults(path.includes('/contacts') ? 'Contacts' : 'Reminders', found)).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return found;
  };
  const shown = async (role: Role, unit = HANOI): Promise<ReminderView[]> =>
    (await ask<{ items: ReminderView[] }>(role, `/v1/reminders?unit=${unit}&limit=1000`)).items;
  const sendable = async (): Promise<ReminderView[]> =>
    (await shown('signer')).filter(({ channel }) => channel !== 'none');

  it('take contacts from the signer of the province, and give the secret of a webhook once', async () => {
    await eventually(
      () =>
        ask<object>('signer', `/v1/units/${HANOI}/contacts`).then(
          () => true,
          () => false,
        ),
      Boolean,
    );
    for (const unit of [...communes, HANOI]) {
      const webhook = hasWebhook(unit) || unit === HANOI ? `${hooks.url}/${unit}` : null;
      const body = { emails: [addressOf(unit)], webhook, revision: 0 };
      const { secret } = await ask<ContactsView>('signer', `/v1/units/${unit}/contacts`, body);
      expect(secret === undefined).toBe(webhook === null);
      if (secret !== undefined) secrets.set(unit, secret);
      const kept = await ask<ContactsView>('signer', `/v1/units/${unit}/contacts`);
      expect(kept).toMatchObject({ unit, emails: [addressOf(unit)], webhook, revision: 1 });
      expect(JSON.stringify(kept)).not.toContain('whsec_');
    }
    await expect(ask('signer', '/v1/units/15/contacts')).rejects.toThrow('403');
    await expect(ask('analyst', `/v1/units/${HANOI}/contacts`)).rejects.toThrow('403');
    await expect(
      ask('signer', `/v1/units/${HANOI}/contacts`, { emails: [], webhook: null, revision: 0 }),
    ).rejects.toThrow('CONTACTS_CHANGED');
  });

  const kill = async (): Promise<void> => {
    const pid = reminders.pids().get('reminders') as number;
    process.kill(pid, 'SIGKILL');
    await eventually(
      () => Promise.resolve(reminders.pids().get('reminders')),
      (next) => next !== undefined && next !== pid,
    );
  };
  const received = () => mail.mails.length + hooks.hooks.length;

  it('reach each of those who lack something once, though the service is killed in the middle, again and again', async () => {
    mail.isHolding = true;
    hooks.isHolding = true;
    await reminders.start();
    // All that are sent at once have been handed over, and nobody has been answered.
    await eventually(
      () => Promise.resolve(received()),
      (count) => count >= AT_ONCE,
      60_000,
    );
    const heldMails = mail.mails.length;
    mail.isHolding = false;
    hooks.isHolding = false;
    await kill();
    for (let kills = 0; kills < 3; kills += 1) {
      const before = received();
      await eventually(
        () => Promise.resolve(received()),
        (count) => count > before,
        60_000,
      );
      await kill();
    }
    const wanted =
      periods.length * (2 * lacking.filter(hasWebhook).length + lacking.filter((unit) => !hasWebhook(unit)).length + 2);
    const settled = await eventually(
      sendable,
      (items) => items.length === wanted && items.every(({ settledAt }) => settledAt !== null),
      100_000,
    );

    const perAddress = new Map<string, number>();
    for (const { to } of mail.mails) for (const each of to) perAddress.set(each, (perAddress.get(each) ?? 0) + 1);
    const mails = settled.filter(({ channel }) => channel === 'email');
    for (const unit of [...lacking, HANOI]) {
      const states = mails.filter((each) => each.unit === unit).map(({ state }) => state);
      expect(states).toHaveLength(periods.length);
      const [sent, unknown] = ['sent', 'unknown'].map((state) => states.filter((each) => each === state).length);
      expect([unit, sent + unknown]).toEqual([unit, periods.length]);
      // What is unknown may have arrived, once; what was sent did.
      expect(perAddress.get(addressOf(unit)) ?? 0).toBeGreaterThanOrEqual(sent);
      expect(perAddress.get(addressOf(unit)) ?? 0).toBeLessThanOrEqual(periods.length);
    }
    for (const unit of complete) expect(perAddress.get(addressOf(unit))).toBeUndefined();
    expect(mails.filter(({ state }) => state === 'unknown').length).toBeGreaterThanOrEqual(heldMails);
    expect(new Set(mail.mails.map(({ text }) => /^Message-ID: (.+)\r$/m.exec(text)?.[1])).size).toBe(mail.mails.length);

    const byId = new Map<unknown, Set<string>>();
    for (const { headers, body, path } of hooks.hooks) {
      const id = headers['webhook-id'];
      byId.set(id, (byId.get(id) ?? new Set()).add(body));
      new Webhook(secrets.get(path.slice(1)) as string).verify(body, headers as Record<string, string>);
    }
    const causes = [...byId.values()].map((bodies) => {
      // A repeat is the same to the byte.
      expect(bodies.size).toBe(1);
      const { data } = JSON.parse([...bodies][0]) as { data: { id: string } };
      return data.id;
    });
    const expected = settled.filter(({ channel }) => channel === 'webhook');
    expect(causes.sort()).toEqual(expected.map(({ id }) => id.slice(0, id.lastIndexOf('|'))).sort());
    expect(expected.filter(({ state }) => state !== 'sent')).toEqual([]);
    expect(new Set(expected.map(({ unit }) => unit))).toEqual(new Set([...lacking.filter(hasWebhook), HANOI]));
  });

  it('are not sent again by a service that starts again and plans again', async () => {
    const before = received();
    await kill();
    await eventually(
      () => Promise.resolve(readFileSync(join(folder, 'reminders.log'), 'utf8').match(/"ready"/g)?.length ?? 0),
      (starts) => starts >= 6,
    );
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(received()).toBe(before);
  });

  it('say on the page who has no contacts, and what a province was told', async () => {
    const items = await shown('signer');
    const nowhere = items.filter(({ channel }) => channel === 'none');
    expect(nowhere.every(({ state }) => state === 'no-contact')).toBe(true);
    expect(nowhere).toHaveLength(periods.length * (childrenOf(HANOI).length - communes.length));
    const [escalation] = items.filter(({ unit, channel }) => unit === HANOI && channel === 'email');
    expect(escalation.about).toEqual(expect.arrayContaining(lacking) as string[]);
    expect(escalation.about).toHaveLength(childrenOf(HANOI).length - complete.length);
  });

  it('show addresses to whoever may see contacts, and write none into a log or a metric', async () => {
    const [own] = (await shown('signer', missing[0])).filter(({ channel }) => channel === 'email');
    expect(own.to).toEqual([addressOf(missing[0])]);
    const seen = await shown('analyst');
    expect(seen.filter(({ channel }) => channel === 'email').length).toBeGreaterThan(0);
    expect(seen.filter(({ to }) => to !== undefined)).toEqual([]);
    expect(readFileSync(join(folder, 'reminders.log'), 'utf8')).not.toContain('@example.vn');
    const [probes] = reminders.probes().values();
    const metrics = await (await fetch(`${probes}/metrics`)).text();
    expect(metrics).toContain('tonghop_reminders_total');
    expect(metrics).not.toContain('example.vn');
  });
});
