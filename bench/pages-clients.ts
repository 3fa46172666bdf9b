/**
 * A program of its own: many pages that read the live stream, and say how old changes are as they come.
 *
 * Every tenth page looks at each of its events, so that those who look are of every kind and the machine is not busy with looking; the others only
 * read. Those that are stalled take the head of the answer and nothing more.
 */
import { get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inBackground } from '#promises';

export type Asked =
  | {
      readonly dashboard: string;
      readonly headers: Record<string, string>;
      readonly paths: readonly string[];
      readonly isStalled: boolean;
    }
  | { readonly seconds: number };

export interface FanOut {
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Changes that were looked at. */
  readonly samples: number;
  /** What came to all pages, MiB a second. */
  readonly rate: number;
}

const AT_ONCE = 50;
const LOOKING = 10;
const AGE = Buffer.from('"updatedAt":"');
const INSTANT_LENGTH = '2026-10-14T09:30:00.000Z'.length;
const MOST_MS = 60_000;

/** How many changes came at each age in milliseconds. */
let ages = new Uint32Array(MOST_MS);
let bytes = 0;
let broken = 0;

const opened = (url: string, headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, resolve).on('error', reject);
  });

const open = async (url: string, headers: Record<string, string>, take?: (chunk: Buffer) => void): Promise<void> => {
  const answer = await opened(url, headers);
  if (answer.statusCode !== 200) throw new Error(`${url} was answered ${answer.statusCode}`);
  answer.on('close', () => (broken += 1)).on('error', () => undefined);
  if (take !== undefined) answer.on('data', take);
};

const count = (chunk: Buffer): void => {
  bytes += chunk.length;
};

/** Where an event lies over the end of a chunk it is passed over: it is one of many. */
const look = (chunk: Buffer): void => {
  count(chunk);
  const now = Date.now();
  for (let at = chunk.indexOf(AGE); at >= 0; at = chunk.indexOf(AGE, at)) {
    at += AGE.length;
    const age = now - Date.parse(chunk.toString('latin1', at, at + INSTANT_LENGTH));
    if (age >= 0) ages[Math.min(age, MOST_MS - 1)] += 1;
  }
};

const percentile = (share: number): number => {
  const wanted = Math.ceil(share * ages.reduce((sum, each) => sum + each, 0));
  let seen = 0;
  return ages.findIndex((each) => (seen += each) >= wanted);
};

const answerTo = async (asked: Asked): Promise<object> => {
  if ('seconds' in asked) {
    [ages, bytes] = [new Uint32Array(MOST_MS), 0];
    await sleep(asked.seconds * 1000);
    if (broken > 0) throw new Error(`${broken} pages lost their stream`);
    const samples = ages.reduce((sum, each) => sum + each, 0);
    return { p50: percentile(0.5), p99: percentile(0.99), samples, rate: bytes / asked.seconds / 2 ** 20 };
  }
  const { dashboard, headers, paths, isStalled } = asked;
  // Kinds of pages stand at every tenth place.
  const takerOf = (n: number) => (Math.floor(n / LOOKING) % LOOKING === 0 ? look : count);
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const some = paths.slice(from, from + AT_ONCE);
    await Promise.all(
      some.map((path, n) => open(`${dashboard}${path}`, headers, isStalled ? undefined : takerOf(from + n))),
    );
  }
  return { opened: paths.length };
};

const answer = async (asked: Asked): Promise<void> => {
  try {
    process.send?.(await answerTo(asked));
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
};

process.on('message', (asked: Asked) => inBackground(answer(asked)));
// With the benchmark.
process.on('disconnect', () => process.exit());
