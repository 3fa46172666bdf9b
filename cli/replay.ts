/**
 * `npm run replay -- --code UNKNOWN_UNIT [--unit 01] [--since 2026-11-01] [--send --http URL]`: events that were refused, judged again after a mend
 * (a new catalogue, a unit that has come, a month that has begun since), and those that pass sent through the intake.
 *
 * Without `--send` it says how many would pass, and changes nothing. What is still refused is not sent, so it does not stand in rejected-events
 * twice. An event that is sent again counts from its second receipt: nothing that was signed changes behind its signature.
 */
import { parseArgs } from 'node:util';
import {
  admittedProvince,
  decodeRejected,
  judgeEvent,
  refusedEvent,
  rejectedUnit,
  type RejectedEvent,
} from '#contracts';
import { ANY_KEY, isOfProvince, isRefusal, refusalCodes, reportingUnitIndex, unitOf, type RefusalCode } from '#domain';
import { boundsOf, readTopic } from '#stream';
import type { Environment } from './access-keys.js';
import { noteCommand } from './audited.js';
import { openKafka, type Installation } from './installation.js';
import { ownKey } from './own-key.js';
import { httpSender } from './publish-http.js';
import { Publication } from './publish.js';
import { RefusedContents, sealingKeyIn } from './refused-contents.js';
import { vi } from './say.js';

const usage = `npm run replay -- --code CODE [--unit 01] [--since 2026-11-01] [--send --http http://127.0.0.1:8081]
  Xét lại các sự kiện đã bị từ chối vì CODE; --send gửi những sự kiện nay hợp lệ qua cổng nhận.
  / Judges again what was refused for CODE; --send sends what is right now through the intake.
`;

/** Whoever sent these had no right to; the intake would take them from an operator. */
const NEVER_SENT: ReadonlySet<RefusalCode> = new Set<RefusalCode>(['SOURCE_MISMATCH']);
/** Events of one run, so that its memory is bounded. */
const MOST = 100_000;

interface Asked {
  readonly code: RefusalCode;
  readonly unit?: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The intake's address, where events are to be sent. */
  readonly http?: string;
}

export const replayCommand = async (args: string[], env: Environment = process.env): Promise<number> => {
  const asked = argumentsOf(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const installation = await openKafka(env);
  const found = await judgedAgain(installation, env, asked);
  for (const line of found.report()) process.stdout.write(`${line}\n`);
  return asked.http === undefined || found.passing.length === 0 ? 0 : send(installation, env, asked, found.passing);
};

const argumentsOf = (args: string[]): Asked | undefined => {
  const text = { type: 'string' } as const;
  try {
    const options = { code: text, unit: text, since: text, http: text, send: { type: 'boolean' } } as const;
    const { code, unit, since, http, send } = parseArgs({ args, options }).values;
    const known = refusalCodes.find((each) => each === code && !NEVER_SENT.has(each));
    const from = since === undefined ? 0 : Date.parse(since);
    const isAddress = send === true ? URL.canParse(http ?? '') : http === undefined;
    const isRight = !Number.isNaN(from) && isAddress && (unit === undefined || reportingUnitIndex(unit) !== undefined);
    return known === undefined || !isRight ? undefined : { code: known, unit, since: from, http };
  } catch {
    return undefined;
  }
};

/** What was refused for one reason, as the checks see it now. */
class JudgedAgain {
  readonly passing: Buffer[] = [];
  /** Of no use: bytes that were not kept whole, or whose data key is gone. */
  unreadable = 0;
  left = 0;
  private readonly refused = new Map<RefusalCode, number>();

  constructor(private readonly code: RefusalCode) {}

  add(event: Buffer | undefined, province: string | undefined): void {
    if (event === undefined) {
      this.unreadable += 1;
      return;
    }
    const outcome = judgeEvent(event, ANY_KEY, Date.now(), province);
    if (isRefusal(outcome)) this.refused.set(outcome.code, (this.refused.get(outcome.code) ?? 0) + 1);
    else if (this.passing.length < MOST) this.passing.push(event);
    else this.left += 1;
  }

  report(): readonly string[] {
    const still = [...this.refused].sort().map(([code, count]) => `${code} ${vi(count)}`);
    return [
      `${this.code}: nay hợp lệ / right now: ${vi(this.passing.length)}`,
      ...(still.length > 0 ? [`  vẫn bị từ chối / still refused: ${still.join(', ')}`] : []),
      ...(this.unreadable > 0 ? [`  không mở được / cannot be opened: ${vi(this.unreadable)}`] : []),
      ...(this.left > 0 ? [`  còn lại cho lần sau / left for the next run: ${vi(this.left)}`] : []),
    ];
  }
}

const judgedAgain = async (installation: Installation, env: Environment, asked: Asked): Promise<JudgedAgain> => {
  const { kafka, topics } = installation;
  const contents = await RefusedContents.of(installation, sealingKeyIn(env));
  const found = new JudgedAgain(asked.code);
  await readTopic(kafka, topics.rejectedEvents, await boundsOf(kafka, topics.rejectedEvents), (_, { key, value }) => {
    const rejected = decodeRejected(String(value));
    if (rejected === undefined || !isAskedFor(rejected, key, asked)) return;
    const content = contents.contentOf(rejected);
    const { origin } = rejected;
    const province = origin === 'http' ? undefined : admittedProvince(topics, origin.topic);
    found.add(content && refusedEvent(rejected, content), province);
  });
  return found;
};

const isAskedFor = (rejected: RejectedEvent, key: Buffer | null, { code, unit, since }: Asked): boolean => {
  if (rejected.code !== code || Date.parse(rejected.receivedAt) < since) return false;
  if (unit === undefined) return true;
  const of = unitOf(rejectedUnit(rejected, key) ?? '');
  return of !== undefined && (of.code === unit || isOfProvince(of, unit));
};

const send = async (
  installation: Installation,
  env: Environment,
  { code, unit, http = '' }: Asked,
  events: readonly Buffer[],
): Promise<number> => {
  const facts = { code, events: String(events.length) };
  await noteCommand(installation, env, { what: 'refusals.replayed', unit: unit ?? null, facts });
  const key = await ownKey(env, 'reporter');
  const publication = new Publication();
  try {
    await publication.publish(numbered(events), httpSender(http, key.token));
  } finally {
    await key.end();
    for (const line of publication.report()) process.stdout.write(`${line}\n`);
  }
  return publication.refused.total === 0 ? 0 : 1;
};

async function* numbered(events: readonly Buffer[]) {
  for (const [n, bytes] of events.entries()) yield await Promise.resolve({ number: n + 1, bytes });
}
