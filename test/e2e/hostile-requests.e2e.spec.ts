/**
 * Parameters and bodies that try to be more than text, against every route of the dashboard and every parameter that its description names: refused
 * with a problem, or answered as a text that means nothing is. A new route, or a new parameter, is in the table by itself.
 */
import { controllers } from '../../apps/dashboard/src/api.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';
import { anEvent } from '../kit/builders.js';
import { eventually, startInstallation, type TestInstallation } from '../kit/installation.js';
import { routesOf } from '../kit/routes.js';

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a parameter is given where it is not the one that is tried. */
const usual: Readonly<Record<string, string>> = {
  unit: '01',
  code: '01',
  window: '2026-03',
  indicator: 'c',
  name: 'VN-2026-Q1-r1',
  parent: '01',
  level: 'commune',
  limit: '1',
  children: 'true',
};
const MEANINGLESS = 'zzz';

const texts = [
  '{"$ne":null}',
  '$ne',
  '$where',
  '.*',
  '^',
  '__proto__',
  'constructor',
  'toString',
  "' || '1'=='1",
  '";return true;//',
  '01;sleep(2000)',
  '\u0000',
  '../../etc/passwd',
  '<script>1</script>',
  'x'.repeat(90),
  '٠١',
  '-1',
  '1e999',
];
/** In place of `NAME=text`. */
const queries = (name: string): string[] => [
  ...['[$ne]=1', '[$gt]=', '[$where]=sleep(2000)', '[$regex]=.*', '[$in][]=01', '[]=01', '[0]=01', '.$ne=1'].map(
    (rest) => name + rest,
  ),
  `${name}=01&${name}=02`,
  `${name}=%E0%A4%A`,
  `${name}[__proto__][polluted]=1`,
];
/** Beside the usual parameters. */
const beside = [
  '__proto__[polluted]=1',
  '__proto__=1',
  '__proto__.polluted=1',
  'constructor[prototype][polluted]=1',
  '$where=1',
  '[]=1',
  '=1',
  '&&&',
];

const bodies: readonly (readonly [string, string])[] = [
  ['an operator', '{"window":{"$ne":null}}'],
  ['a pattern', '{"window":{"$regex":".*"}}'],
  ['an array', '{"window":["2026-Q1"]}'],
  ['no object', '[{"window":"2026-Q1"}]'],
  ['null', 'null'],
  ['a prototype', '{"__proto__":{"window":"2026-Q1","polluted":1}}'],
  ['a constructor', '{"constructor":{"prototype":{"window":"2026-Q1","polluted":1}}}'],
  ['depth', `{"window":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ['depth of objects', `${'{"window":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
  ['a number without end', `{"window":${'9'.repeat(500_000)}}`],
  ['a text without end', `{"window":"${'9'.repeat(900_000)}"}`],
  ['more than is read', `{"window":"${'9'.repeat(3_000_000)}"}`],
  ['no JSON', '{"window":'],
  ['nothing', ''],
];

describe('hostile requests to the dashboard', () => {
  let it_: TestInstallation;
  let described: Record<string, Record<string, Described>>;
  let before: string[];
  const calm = ['/v1/units', '/v1/plans', '/v1/rollups?unit=01&window=2026-03', '/v1/summaries', '/v1/rejections'];

  beforeAll(async () => {
    it_ = await startInstallation('check,province,ministry,projection,dashboard');
    const messages = [anEvent(), anEvent({ data: { unit: '00008' } })].map((event) => ({
      key: '00004',
      value: JSON.stringify(event),
    }));
    await it_.producer.send({ topic: it_.topics.indicatorEvents, messages });
    await it_.drained();
    await eventually(
      () => ask('/v1/rollups?unit=01&window=2026-03'),
      ({ body }) => body.includes('"c"'),
    );
    described = (JSON.parse((await ask('/docs-json')).body) as { paths: typeof described }).paths;
    before = await Promise.all(calm.map(async (path) => (await ask(path)).body));
  });
  afterAll(() => it_.stop());

  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const ending = new AbortController();
    const response = await authorizedFetch(it_.dashboard + path, {
      redirect: 'manual',
      signal: ending.signal,
      ...init,
    });
    const type = response.headers.get('content-type') ?? '';
    // Without end, or another at each request.
    const isOpen = /event-stream|text\/plain/.test(type) || response.status === 302;
    const body = isOpen ? '' : await response.text();
    if (isOpen) ending.abort();
    return { status: response.status, type, body };
  };
  const isProblem = ({ status, type, body }: Answer): boolean =>
    status >= 400 &&
    status < 500 &&
    type.startsWith('application/problem+json') &&
    (JSON.parse(body) as { status: number }).status === status;
  const isOneOf = (answer: Answer, others: readonly Answer[]): boolean =>
    others.some((other) => JSON.stringify(other) === JSON.stringify(answer));

  const reads = routesOf(controllers).filter(({ method }) => method === 'GET');
  const pathOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');
  const parametersOf = (path: string) =>
    described[pathOf(path)]?.get?.parameters?.filter((each) => each.in !== 'header') ?? [];
  /** The address with every parameter usual, but what stands in place of some. */
  const addressOf = (path: string, name?: string, inPath?: string, query?: string): string => {
    const all = parametersOf(path);
    const filled = pathOf(path).replaceAll(/\{(\w+)\}/g, (_, each: string) =>
      each === name && inPath !== undefined ? encodeURIComponent(inPath) : (usual[each] ?? MEANINGLESS),
    );
    const rest = all.filter((each) => each.in === 'query' && each.name !== name && usual[each.name] !== undefined);
    const asked = [...rest.map((each) => `${each.name}=${usual[each.name]}`), ...(query === undefined ? [] : [query])];
    return asked.length === 0 ? filled : `${filled}?${asked.join('&')}`;
  };

  it.each(reads.map(({ path }) => path))('GET %s', async (path) => {
    expect(described[pathOf(path)]?.get).toBeDefined();
    const plain = await ask(addressOf(path));
    const wrong: unknown[] = [];
    const judge = async (address: string, others: readonly Answer[]): Promise<void> => {
      const answer = await ask(address);
      if (!isProblem(answer) && !isOneOf(answer, others))
        wrong.push([address, answer.status, answer.body.slice(0, 200)]);
    };
    for (const query of beside) await judge(addressOf(path, undefined, undefined, query), [plain]);
    for (const { name, in: place } of parametersOf(path)) {
      const isQuery = place === 'query';
      const meaningless = await ask(
        isQuery ? addressOf(path, name, undefined, `${name}=${MEANINGLESS}`) : addressOf(path, name, MEANINGLESS),
      );
      for (const text of texts)
        await judge(
          isQuery
            ? addressOf(path, name, undefined, `${name}=${encodeURIComponent(text)}`)
            : addressOf(path, name, text),
          [meaningless],
        );
      if (isQuery)
        for (const query of queries(name)) await judge(addressOf(path, name, undefined, query), [meaningless]);
    }
    expect(wrong).toEqual([]);
  });

  it('GET with headers that are more than text', async () => {
    const hostile = ['{"$ne":1}', '"', 'W/"', '*, *', `"${'x'.repeat(7_000)}"`, '__proto__'];
    for (const value of hostile) {
      for (const name of ['if-none-match', 'last-event-id', 'accept', 'range', 'x-forwarded-for', 'content-type']) {
        for (const path of ['/v1/catalogue', '/v1/stream', '/v1/units', '/']) {
          const { status } = await ask(path, { headers: { [name]: value } });
          expect([path, name, value, status < 500]).toEqual([path, name, value, true]);
        }
      }
    }
  });

  const writes = routesOf(controllers).filter(({ method }) => method !== 'GET');
  it.each(writes.flatMap(({ method, path }) => bodies.map(([what, body]) => [method, path, what, body] as const)))(
    '%s %s with %s',
    async (method, path, _what, body) => {
      const began = performance.now();
      const answer = await ask(addressOf(path), { method, body, headers: { 'content-type': 'application/json' } });
      expect([answer.status, isProblem(answer)]).toEqual([answer.status, true]);
      expect(performance.now() - began).toBeLessThan(15_000);
    },
  );

  it('change nothing: every answer is as it was, and no process was started again', async () => {
    expect(await Promise.all(calm.map(async (path) => (await ask(path)).body))).toEqual(before);
    expect([...it_.supervisor.restarts().values()].every((restarts) => restarts === 0)).toBe(true);
  });
});
