/**
 * `npm run services [-- --only NAME,NAME… --copies NAME=N,…]`: the services, against the three addresses in the environment. What works through a
 * backlog runs once for each core of the machine.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { services } from '#contracts/services';
import { awaitedLater, inBackground } from '#promises';
import { lacksSignIn, needsDemoSignIn, withDemoSignIn } from './demo-sign-in.js';
import { withEntry } from './entry-key.js';
import { vi } from './say.js';
import { Supervisor } from './supervisor.js';

/** A start that takes longer says what it waits for. */
const STILL_WAITING_MS = 5_000;

const needed = ['KAFKA_BROKERS', 'MONGODB_URI', 'REDIS_URL'] as const;

export const servicesCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({ args, options: { only: { type: 'string' }, copies: { type: 'string' } } });
  const missing = needed.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    process.stderr.write(
      `Thiếu / missing in the environment: ${missing.join(', ')}. \`npm run stack -- up\` prints them.\n`,
    );
    return 2;
  }
  const copies = copiesOf(values.only, values.copies, availableParallelism());
  if (answersPeople(copies) && lacksSignIn(process.env)) {
    process.stderr.write(
      'Thiếu OIDC_ISSUER: máy chủ OpenID nơi người dùng đăng nhập (hoặc ACCESS=demo để chạy minh họa). / ' +
        'OIDC_ISSUER is missing: the OpenID provider that people sign in at (or ACCESS=demo for a demonstration).\n',
    );
    return 2;
  }
  const isWanted = values.only === undefined || copies.get('demo-sign-in') !== 0;
  const hasDemoSignIn = isWanted && needsDemoSignIn(process.env);
  copies.set('demo-sign-in', hasDemoSignIn ? 1 : 0);
  const given = hasDemoSignIn ? await withDemoSignIn(process.env) : process.env;
  const { env, end } = takesEntries(copies, given)
    ? await withEntry(given)
    : { env: given, end: () => Promise.resolve() };
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const onReady = (name: string, ms: number) => say(`${name}: sẵn sàng sau ${vi(ms / 1000)} s / ready`);
  const supervisor = new Supervisor({ root: process.cwd(), env, say, onReady }, copies);
  const stopped = awaitedLater(
    new Promise<number>((resolve, reject) => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const)
        process.once(signal, () =>
          inBackground(
            Promise.all([supervisor.stop(), end()]).then(([status]) => resolve(status)),
            reject,
          ),
        );
    }),
  );
  say(`Đang khởi động các dịch vụ: ${supervisor.waitedFor().join(', ')} / starting the services`);
  const waiting = setInterval(() => {
    say(`Còn chờ: ${supervisor.waitedFor().join(', ')} / still waiting for these`);
  }, STILL_WAITING_MS);
  const started = supervisor.start().then(() => {
    clearInterval(waiting);
    const pids = [...supervisor.pids()].map(([name, pid]) => `${name} ${pid}`).join(', ');
    process.stdout.write(`services are up: ${pids}\n`);
    const probes = [...supervisor.probes()].map(([name, url]) => `${name} ${url}`).join(', ');
    if (probes !== '') process.stdout.write(`probes: ${probes}\n`);
  });
  await Promise.race([started, stopped]);
  return stopped;
};

/** Stages alone let nobody in. */
const answersPeople = (copies: ReadonlyMap<string, number>): boolean =>
  copies.get('intake') !== 0 || copies.get('dashboard') !== 0;

/** Whether the dashboard is started, and there is an intake that it may send to. */
const takesEntries = (copies: ReadonlyMap<string, number>, { INTAKE_URL }: NodeJS.ProcessEnv): boolean =>
  copies.get('dashboard') !== 0 && (copies.get('intake') !== 0 || (INTAKE_URL ?? '') !== '');

/** As many as have partitions with provinces to share. */
const MOST_COPIES = 4;

const usualCopies = (name: string, cores: number): number =>
  services.find((entry) => entry.name === name)?.onEveryCore ? Math.min(cores, MOST_COPIES) : 1;

/** Those that are not for demonstrations. */
const usual: readonly string[] = services.filter(({ isDemonstration }) => !isDemonstration).map(({ name }) => name);

/**
 * How many of each service: `--only` leaves the others out, `--copies` says how many there are of one.
 *
 * @param cores those that the services may fill
 */
export const copiesOf = (only?: string, copies?: string, cores = 1): Map<string, number> => {
  const names: readonly string[] = services.map(({ name }) => name);
  const known = (name: string): string => {
    const match = names.find((candidate) => candidate === name || candidate === `rollup-${name}`);
    if (match === undefined) throw new Error(`no service ${name}; one of ${names.join(', ')}`);
    return match;
  };
  const chosen = only === undefined ? usual : only.split(',').filter(Boolean).map(known);
  const counts = new Map(names.map((name) => [name, chosen.includes(name) ? usualCopies(name, cores) : 0]));
  for (const part of copies?.split(',') ?? []) {
    const [name, count] = part.split('=');
    counts.set(known(name), Number(count));
  }
  return counts;
};
