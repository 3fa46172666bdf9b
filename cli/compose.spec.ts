/** docker-compose.yml runs what `npm run services` runs, and asks each service whether it is ready where it answers. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { services } from '#contracts/services';

interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly cpu_shares?: number;
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly expose?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>;
};
const allServers = ['kafka', 'mongodb', 'redis'];
/** Containers have their memory to themselves: what the collector is told saves some of a dashboard's with many open pages. */
const program = (app: string) => [
  ...(app === 'dashboard' ? ['--heap-growing-percent=30'] : []),
  `dist/apps/${app}/src/main.js`,
];

/** A demonstration runs by `npm start`; production settings refuse it. */
const composed = services.filter(({ isDemonstration }) => !isDemonstration);

describe('the compose file', () => {
  it('has the servers and every service that the supervisor starts, and nothing else', () => {
    const names = [...allServers, ...composed.map(({ name }) => name)];
    expect(Object.keys(compose.services).sort()).toEqual(names.sort());
  });

  it('asks every server whether it is up, and starts again whatever ends', () => {
    for (const [name, { restart, healthcheck }] of Object.entries(compose.services))
      expect([name, restart, healthcheck?.test[0]]).toEqual([name, 'unless-stopped', 'CMD']);
  });

  it('lets the services that somebody asks go before Kafka and MongoDB where processors are short', () => {
    const shares = ['kafka', 'mongodb', 'redis'].map((name) => compose.services[name]?.cpu_shares);
    expect(shares).toEqual([340, 340, undefined]);
  });

  describe.each(composed)('$name', ({ name, app, env, port, portVariable, servers, isBackground }) => {
    const service = compose.services[name] ?? {};
    const environment = service.environment ?? {};

    it('is the program that the supervisor starts, in the same environment', () => {
      expect(service.command).toEqual(program(app));
      expect(environment).toMatchObject(env ?? {});
    });

    it('has a smaller share of the processors where nobody waits for an answer of it, the usual one otherwise', () => {
      expect(service.cpu_shares).toBe(isBackground === true ? 128 : undefined);
    });

    it('is asked for its readiness at the port where it answers, which other containers reach', () => {
      expect(Number(environment[portVariable])).toBe(port);
      expect(Number(environment.PROBE_PORT)).toBe(port);
      expect(service.healthcheck?.test.at(-1)).toContain("process.env.PROBE_PORT + '/readyz'");
      expect(environment.HEALTH_HOST).toBe('0.0.0.0');
      const reached = [...(service.expose ?? []), ...(service.ports ?? []).map((each) => each.split(':').at(-1))];
      expect(reached).toEqual([String(port)]);
    });

    it('waits for the servers that it cannot start without', () => {
      expect(service.depends_on).toEqual(
        Object.fromEntries(servers.map((server) => [server, { condition: 'service_healthy' }])),
      );
    });
  });

  it('runs a program in each healthcheck that is JavaScript', () => {
    const [{ name }] = services;
    const text = compose.services[name].healthcheck?.test.at(-1) ?? '';
    expect(() => new Function(text)).not.toThrow();
  });
});

describe('the image', () => {
  const lines = readFileSync('Dockerfile', 'utf8').split('\n');
  const value = (start: string) => lines.find((line) => line.startsWith(start))?.slice(start.length) ?? '';

  it('asks whether the program that it runs by itself is alive, where that answers', () => {
    expect(JSON.parse(value('CMD '))).toEqual(program('dashboard'));
    expect(Number(value('ENV PROBE_PORT='))).toBe(8080);
    const [node, option, text] = JSON.parse(value('HEALTHCHECK ').replace(/^.* CMD /, '')) as string[];
    expect([node, option]).toEqual(['node', '-e']);
    expect(text).toContain("process.env.PROBE_PORT + '/healthz'");
    expect(() => new Function(text)).not.toThrow();
  });

  it('leaves version control out, and what is secret on a developer’s machine', () => {
    const left = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['.git', '.local', '.env*']) expect(left).toContain(name);
  });
});
