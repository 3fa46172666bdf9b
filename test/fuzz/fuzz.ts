/**
 * `npm run fuzz -- --requests 20000 --records 180000 --seed 7 [--replay NAME] [--keep]`: whatever is sent, every answer is one, and
 * every event is accounted for.
 *
 * An installation of its own is sent hostile requests on every route, bytes that are no HTTP, and records by Kafka. Afterwards the books are held
 * against the topics, and the figures against a recomputation. A fault is printed with the name that `--replay` sends again, for the same seed.
 */
import { parseArgs } from 'node:util';
import { decodeRejected, placeOf } from '#contracts';
import { COUNTRY, isRefusal } from '#domain';
import { issueKey } from '../../cli/access-keys.js';
import { withDemoSignIn } from '../../cli/demo-sign-in.js';
import { EventLog } from '../../cli/event-log.js';
import { Verifier } from '../../cli/verifier.js';
import type { Checks } from '../chaos/checks.js';
import { readLog } from '../chaos/event-log.js';
import type { Ground } from '../chaos/ground.js';
import { MemoryWatch } from '../chaos/memory-watch.js';
import { inSeconds, onGround, say } from '../chaos/on-ground.js';
import { anEvent } from '../kit/builders.js';
import { corpus } from './corpus.js';
import { poolOf } from './grammar.js';
import { sendMalformed } from './malformed.js';
import { RecordCases, RecordSender } from './record-sender.js';
import { RequestCases, type Credentials, type RequestCase } from './request-case.js';
import { Sender } from './sender.js';
import { bookFaults, HTTP, type Books } from './verdict.js';

const MALFORMED_SHARE = 0.02;
const MOST_MIB = 1_024;
const MIB = 1_048_576;
const SHOWN_BYTES = 2_000;
/** Nobody is told to come again here: that is another test's. */
const NO_LIMIT = '1000000000';
const env = {
  LOG_LEVEL: 'error',
  KAFKA_SESSION_TIMEOUT_MS: '30000',
  INTAKE_EVENTS_PER_10_S: NO_LIMIT,
  DASHBOARD_REQUESTS_PER_10_S: NO_LIMIT,
  SIGN_INS_PER_10_S: NO_LIMIT,
  FAILED_CREDENTIALS_PER_10_S: NO_LIMIT,
  STREAMS_PER_KEY: NO_LIMIT,
};

interface FuzzOptions {
  readonly requests: number;
  readonly records: number;
  readonly seed: number;
  readonly replay?: string;
}

export const fuzzCommand = async (args: string[]): Promise<number> => {
  const { values } = parseArgs({
    args,
    options: {
      requests: { type: 'string', default: '20000' },
      records: { type: 'string', default: '180000' },
      seed: { type: 'string', default: '7' },
      replay: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const [requests, records, seed] = [values.requests, values.records, values.seed].map(Number);
  if (![requests, records, seed].every((number) => Number.isInteger(number) && number >= 0)) {
    process.stderr.write('npm run fuzz -- --requests N --records N --seed S [--replay NAME] [--keep]\n');
    return 2;
  }
  const options = { requests, records, seed, replay: values.replay };
  const own = await withDemoSignIn({ ...env, ACCESS: 'demo' });
  const ground = {
    name: 'fuzz',
    seed,
    copies: 'demo-sign-in=1',
    isProxied: false,
    env: own as Readonly<Record<string, string>>,
    keep: values.keep,
  };
  return onGround('fuzz', ground, (opened, checks) => run(opened, options, checks));
};

const run = async (ground: Ground, options: FuzzOptions, checks: Checks): Promise<void> => {
  await ground.startServices();
  const pids = new Map(ground.supervisor.pids());
  const memory = new MemoryWatch(() => Promise.resolve(ground.supervisor.pids()));
  const sender = new Sender({ intake: ground.intake, dashboard: ground.dashboard });
  const credentials = await credentialsOf(ground);
  const canaries = canariesOf(credentials);
  const before = await answersTo(canaries, sender);
  const records = await sendEverything({ ground, sender, credentials, options, checks });
  const after = await answersTo(canaries, sender);
  checks.note(
    `the same questions get the same answers before and after (${canaries.length})`,
    canaries.flatMap(({ name }, n) => (before[n] === after[n] ? [] : [`${name}: ${before[n]}, then ${after[n]}`])),
  );
  noteAnswers(sender, options, checks);
  sender.close();
  await holdBooks(ground, sender, records, checks);
  await memory.close();
  noteProcesses(ground, pids, memory, checks);
};

interface Everything {
  readonly ground: Ground;
  readonly sender: Sender;
  readonly credentials: Credentials;
  readonly options: FuzzOptions;
  readonly checks: Checks;
}

const sendEverything = async ({ ground, sender, credentials, options, checks }: Everything): Promise<RecordSender> => {
  const { seed, replay } = options;
  const { installation, intake, dashboard } = ground;
  const startedAt = Date.now();
  const pool = poolOf(seed);
  say(`a pool of ${pool.valid.length + pool.changed.length} events after ${inSeconds(Date.now() - startedAt)}`);
  const recordGround = {
    broker: installation.config.KAFKA_BROKERS[0],
    topics: installation.topics,
    partitions: installation.config.TOPIC_PARTITIONS,
  };
  const records = new RecordSender(recordGround, seed);
  const cases = new RequestCases(seed, pool, credentials);
  const known = corpus({ intake: String(credentials.reporter), dashboard: String(credentials.analyst) });
  await sender.sendAll(known.filter(({ name }) => isWanted(name, replay)).values());
  const malformed = Math.ceil(options.requests * MALFORMED_SHARE);
  const asked = numbersOf('request', options.requests - malformed, replay);
  const analyst = String(credentials.analyst).replace('Bearer ', '');
  const [, wrong] = await Promise.all([
    sender.sendAll(requestsOf(cases, asked)),
    sendMalformed([intake, dashboard], numbersOf('malformed', malformed, replay), seed, analyst),
  ]);
  say(`requests: ${inSeconds(Date.now() - startedAt)}`);
  // Afterwards: a list of refusals that is read again and again while there come to be tens of thousands costs more than all the rest.
  await records.sendAll(new RecordCases(seed, pool), numbersOf('record', options.records, replay));
  if (replay === undefined && options.records > 0) await records.sendHostile();
  say(
    `${sender.sent} requests, ${malformed} that are no HTTP, ${records.taken} records: ${inSeconds(Date.now() - startedAt)}`,
  );
  checks.note(
    `what is no HTTP is turned away, and soon (${malformed})`,
    wrong.map(({ name, bytes, faults }) => `${name}: ${faults.join('; ')}: ${shown(bytes)}`),
  );
  checks.note(`the broker took every batch (${records.taken} records)`, records.faults);
  return records;
};

const isWanted = (name: string, replay: string | undefined): boolean => replay === undefined || replay === name;

/** The numbers of a kind of case: all of them, or the one that is to be sent again. */
const numbersOf = (kind: string, count: number, replay: string | undefined): readonly number[] => {
  if (replay === undefined) return [...Array(count).keys()];
  const [, number] = new RegExp(`^${kind}:(\\d+)$`).exec(replay) ?? [];
  return number === undefined ? [] : [Number(number)];
};

function* requestsOf(cases: RequestCases, numbers: readonly number[]): Generator<RequestCase> {
  for (const n of numbers) yield cases.of(n);
}

const credentialsOf = async ({ installation, env }: Ground): Promise<Credentials> => {
  const keyOf = async (role: 'reporter' | 'signer' | 'analyst' | 'operator' | 'auditor', unit = COUNTRY) =>
    `Bearer ${(await issueKey(installation, env, { role, unit, days: 1, name: 'fuzz' })).token}`;
  return {
    reporter: await keyOf('reporter'),
    commune: await keyOf('reporter', '00004'),
    signer: await keyOf('signer', '01'),
    analyst: await keyOf('analyst'),
    operator: await keyOf('operator'),
    auditor: await keyOf('auditor'),
    nobody: undefined,
    unknown: `Bearer th_${'0'.repeat(12)}_${'A'.repeat(43)}`,
    token: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.',
    garbage: 'Basic ,,,=;\u00ff',
  };
};

const canariesOf = ({ analyst, reporter }: Credentials): RequestCase[] => {
  const get = (path: string, authorization?: string, service: RequestCase['service'] = 'dashboard'): RequestCase => ({
    name: `canary:${path}`,
    service,
    method: 'GET',
    path,
    headers: authorization === undefined ? {} : { authorization },
  });
  const refused: RequestCase = {
    ...get('/v1/events', reporter, 'intake'),
    method: 'POST',
    headers: { authorization: String(reporter), 'content-type': 'application/cloudevents+json' },
    body: Buffer.from(JSON.stringify(anEvent({ data: { revision: 0 } }))),
  };
  return [
    ...['/v1/catalogue', '/v1/plans', '/v1/units', '/v1/units?parent=01'].map((path) => get(path, analyst)),
    ...['/v1/me', '/v1/rollups', '/docs-json', '/healthz'].map((path) => get(path)),
    get('/docs-json', undefined, 'intake'),
    refused,
  ];
};

const answersTo = async (canaries: readonly RequestCase[], sender: Sender): Promise<string[]> => {
  const answers: string[] = [];
  for (const canary of canaries) {
    const answer = await sender.send(canary);
    answers.push(typeof answer === 'string' ? answer : `${answer.status} ${answer.type} ${answer.body}`);
  }
  return answers;
};

const noteAnswers = (sender: Sender, { seed }: FuzzOptions, checks: Checks): void => {
  const statuses = [...sender.statuses].sort(([one], [other]) => one - other);
  say(
    `answers: ${statuses.map(([status, count]) => `${status} × ${count}`).join(', ')}; slowest ${sender.slowestMs} ms`,
  );
  checks.note(
    `every request is answered, below 500, in time, and says what became of each event (${sender.sent})`,
    sender.faulty.map(
      ({ request: { name, method, path, body }, faults }) =>
        `${name} (--seed ${seed} --replay '${name}'): ${method} ${path}: ${faults.join('; ')}: ${shown(body)}`,
    ),
  );
};

const shown = (bytes: Buffer | undefined): string =>
  JSON.stringify(bytes?.subarray(0, SHOWN_BYTES).toString('latin1') ?? '');

const VERIFY_SHOWN = 20;

const holdBooks = async (ground: Ground, sender: Sender, records: RecordSender, checks: Checks): Promise<void> => {
  const { installation } = ground;
  const startedAt = Date.now();
  const verifier = await Verifier.open(installation, undefined, say, { show: () => undefined, stop: () => undefined });
  try {
    await checks.make('every figure, account and stored refusal is what the events make', async () => {
      const { differences, behind, compared, events, refused } = await verifier.verify(true);
      say(`${events} events, ${refused} refused; ${compared} compared after ${inSeconds(Date.now() - startedAt)}`);
      return [
        ...behind.map((who) => `behind: ${who}`),
        ...differences.slice(0, VERIFY_SHOWN).map((each) => JSON.stringify(each)),
      ];
    });
  } finally {
    await verifier.close();
  }
  await checks.make('accepted and refused, over HTTP and Kafka, are what stands in the topics', async () =>
    bookFaults(await booksOf(ground, sender, records)),
  );
};

const booksOf = async ({ installation }: Ground, sender: Sender, records: RecordSender): Promise<Books> => {
  const log = new EventLog(installation);
  const refusedPlaces = new Set<string>();
  await log.readTo(await log.ends(), ({ topic, partition, message, outcome }) => {
    if (isRefusal(outcome)) refusedPlaces.add(`${topic}|${partition}|${placeOf(message)}`);
  });
  const rejections: string[] = [];
  await readLog(installation, installation.topics.rejectedEvents, ({ value }) => {
    const origin = decodeRejected(String(value))?.origin;
    if (origin === undefined) rejections.push('not a rejection');
    else rejections.push(origin === HTTP ? HTTP : `${origin.topic}|${origin.partition}|${origin.offset}`);
  });
  const { accepted, refused } = sender;
  const events = [...log.counts.values()].reduce((sum, count) => sum + count, 0);
  return { accepted, refused, records: records.taken, events, refusedPlaces, rejections };
};

const noteProcesses = (
  ground: Ground,
  pids: ReadonlyMap<string, number | undefined>,
  { peaks }: MemoryWatch,
  checks: Checks,
): void => {
  const now = ground.supervisor.pids();
  checks.note('no process has ended', [
    ...[...pids].filter(([name, pid]) => now.get(name) !== pid).map(([name]) => `${name} is another process by now`),
    ...ground.ends.map(({ name, status }) => `${name} ended with ${status}`),
  ]);
  const most = Math.round(Math.max(...peaks.values()) / MIB);
  checks.note(
    `the memory of every process stays bounded (${most} of ${MOST_MIB} MiB)`,
    [...peaks]
      .filter(([, bytes]) => bytes > MOST_MIB * MIB)
      .map(([name, bytes]) => `${name} took ${Math.round(bytes / MIB)} MiB`),
  );
};
