/** Every example of the API's description, asked of real services in one story: what is shown is what is answered. */
import type { Role } from '#access';
import { connectStore, ReminderRepository } from '#store';
import type { ApiExample } from '#service/http';
import { issueKey } from '../../cli/access-keys.js';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { freePort } from '../../cli/free-port.js';
import { anEvent } from '../kit/builders.js';
import { CookieBrowser } from '../kit/cookie-browser.js';
import { cutAnswer, ExampleValues } from '../kit/examples.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { examples } from '../../apps/dashboard/src/examples.js';

const EVENT = '01JD7Z0Q3S8Y4N6V2B1C5D9E7F';
const services = 'check,province,ministry,projection,intake,dashboard,reports,audit,demo-sign-in';
/** What is asked for again until it is there: a summary takes longest. */
const UNTIL_MS = 90_000;

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

describe('the examples of the dashboard', () => {
  let it_: TestInstallation;
  let routes: ReadonlyMap<string | undefined, { method: string; path: string }>;
  const tokens = new Map<string, string>();
  const browser = new CookieBrowser();
  const values = new ExampleValues([EVENT, '2026-03-14T09:30:00Z']);

  const publish = async (event: Record<string, unknown>): Promise<void> => {
    const { unit } = event.data as { unit: string };
    const messages = [{ key: unit, value: JSON.stringify(event) }];
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
  };

  /** What happens between the examples, by the one that it comes before. */
  const before: Readonly<Record<string, () => Promise<unknown>>> = {
    'suspicious province': async () => {
      const months = ['2025-09', '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
      for (const period of months) {
        const data = { unit: '00091', indicator: 'pop_addicts', period, revision: 1 };
        await publish({ ...anEvent({ id: period, data }), data: { ...data, value: period === '2026-03' ? 800 : 80 } });
      }
    },
    'refuseAllHeld commune': async () => {
      await publish(anEvent({ id: 'another', data: { unit: '00008' } }));
      const waiting = { operation: 'held', parameters: { unit: '00008' }, as: 'signer of 01' };
      await eventually(
        () => ask(waiting),
        ({ body }) => (body as { total?: number }).total === 1,
      );
    },
    'reminders commune': async () => {
      const connection = await connectStore(it_.config);
      await new ReminderRepository(connection).plan([aReminder]).finally(() => connection.close());
    },
    'sessions person': () => browser.go(`${it_.dashboard}/sign-in?as=ha-noi`, (next) => next === `${it_.dashboard}/`),
  };

  beforeAll(async () => {
    const env = (await withDemoSignIn({ DEMO_OIDC_PORT: String(await freePort()) })) as Record<string, string>;
    it_ = await startInstallation(services, { env: { ...env, CLOCK_SKEW_MS: '200' } });
    for (const as of new Set(examples.map((example) => example.as))) {
      const [, role, unit] = /^(\w+) of (\w+)$/.exec(as ?? '') ?? [];
      if (role === undefined) continue;
      const key = await issueKey(it_, it_.env, { role: role as Role, unit, days: 1, name: as ?? '' });
      tokens.set(as ?? '', key.token);
    }
    const { paths } = (await (await fetch(`${it_.dashboard}/docs-json`)).json()) as {
      paths: Record<string, Record<string, { operationId?: string }>>;
    };
    routes = new Map(
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, { operationId }]) => [operationId, { method, path }] as const),
      ),
    );
    await publish(anEvent({ id: EVENT }));
    await publish(anEvent({ id: 'refused', data: { numerator: 31 } }));
    await it_.drained();
    for (const token of tokens.values())
      await eventually(
        async () => (await fetch(`${it_.dashboard}/v1/catalogue`, { headers: bearer(token) })).status,
        (status) => status === 200,
      );
  }, 180_000);
  afterAll(() => it_.stop());

  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  const ask = async ({
    operation,
    parameters = {},
    body,
    as = 'nobody',
  }: Pick<ApiExample, 'operation' | 'parameters' | 'body' | 'as'>): Promise<Answer> => {
    const route = routes.get(operation);
    if (route === undefined) throw new Error(`there is no operation ${operation}`);
    const given = values.real(parameters);
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(given[name]));
    const query = Object.entries(given).filter(([name]) => !route.path.includes(`{${name}}`));
    const token = tokens.get(as);
    const init = {
      method: route.method.toUpperCase(),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? { origin: it_.dashboard } : bearer(token)),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(values.real(body)) }),
    };
    const url = `${it_.dashboard}${path}?${new URLSearchParams(query)}`;
    const answer = await (as.startsWith('whoever') ? browser.ask(url, init) : fetch(url, init));
    return { status: answer.status, body: await answer.json() };
  };

  it.each(examples)(
    '$operation, $name: $status',
    async (example) => {
      await before[`${example.operation} ${example.name}`]?.();
      const differences = ({ status, body }: Answer): string[] =>
        status === example.status
          ? values.differences(example.answer, cutAnswer(body, example.cut))
          : [`${status}: ${JSON.stringify(body)}`];
      const isRead = routes.get(example.operation)?.method === 'get';
      const deadline = Date.now() + UNTIL_MS;
      for (;;) {
        const answer = await ask(example);
        const found = differences(answer);
        // What was just done is seen a moment later; 503 asks to come again.
        const isToCome = isRead ? found.length > 0 : answer.status === 503;
        if (!isToCome || Date.now() > deadline) {
          expect(found).toEqual([]);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
    UNTIL_MS + 30_000,
  );
});

const aReminder = {
  id: '00004|2026-03|before-1|email',
  unit: '00004',
  province: '01',
  period: '2026-03',
  step: 'before-1',
  channel: 'email',
  state: 'sent',
  about: ['00004'],
  plannedAt: new Date('2026-04-02T01:00:00.000Z'),
  until: new Date('2026-04-04T01:00:00.000Z'),
  attempts: 1,
  to: ['ba-dinh@example.vn'],
  settledAt: new Date('2026-04-02T01:00:02.000Z'),
  forgottenAt: new Date('2037-03-31T17:00:00.000Z'),
} as const;
