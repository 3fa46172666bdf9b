/**
 * Publishes lines to the intake, in batches; what is refused is known by its index.
 *
 * A line that is no JSON goes alone, for within an array nobody could tell where it ends. A batch that is refused as a whole is halved until
 * the lines that are at fault stand alone. An intake that has too much to do, has no Kafka, or does not answer, is asked again, for a while.
 */
import { isUtf8 } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LineSender, WholeLine } from './line-sender.js';
import type { RefusedLine } from './refused-lines.js';

/** How long an intake that turns everything away is asked again, and how often one that does not answer. */
export interface Patience {
  readonly turnedAwayMs: number;
  readonly unanswered: number;
  readonly pauseMs: number;
}
const usual: Patience = { turnedAwayMs: 300_000, unanswered: 6, pauseMs: 500 };

const ANSWER_MS = 60_000;
const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
/** A request as a whole is not what it may be: one of its lines, or their number or size, is why. */
const AT_FAULT = new Set([400, 413, 415, 422]);

interface Answer {
  readonly rejected?: readonly { readonly index: number; readonly code: string; readonly detail?: string }[];
  readonly received?: number;
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
}

export const httpSender = (url: string, token: string | undefined, patience: Patience = usual): LineSender => {
  const events = new URL('/v1/events', url);
  const authorization = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const headers = (type: string): Record<string, string> => ({ 'content-type': type, ...authorization });
  const sendBatch = async (lines: readonly WholeLine[]): Promise<RefusedLine[]> => {
    if (lines.length === 0) return [];
    const isSingle = lines.length === 1;
    const body = isSingle ? lines[0].bytes : arrayOf(lines);
    const { status, answer } = await post(events, headers(isSingle ? SINGLE : BATCH), body, patience);
    if (answer.rejected !== undefined && answer.received === lines.length) {
      return answer.rejected.map(({ index, code, detail }) => ({
        line: lines[index].number,
        code,
        detail: detail ?? '',
      }));
    }
    if (status < 300) return [];
    if (isSingle) return [refusedAsAWhole(lines[0], status, answer)];
    const half = Math.ceil(lines.length / 2);
    return [...(await sendBatch(lines.slice(0, half))), ...(await sendBatch(lines.slice(half)))];
  };
  return {
    send: async (lines) => {
      const refused = await sendBatch(lines.filter(({ bytes }) => isJson(bytes)));
      for (const line of lines) if (!isJson(line.bytes)) refused.push(...(await sendBatch([line])));
      return refused;
    },
    close: () => Promise.resolve(),
  };
};

const [open, comma, close] = ['[', ',', ']'].map((text) => Buffer.from(text));

const arrayOf = (lines: readonly WholeLine[]): Buffer =>
  Buffer.concat([open, ...lines.flatMap(({ bytes }, n) => (n === 0 ? [bytes] : [comma, bytes])), close]);

const isJson = (bytes: Buffer): boolean => {
  try {
    JSON.parse(bytes.toString());
    return isUtf8(bytes);
  } catch {
    return false;
  }
};

const refusedAsAWhole = ({ number }: WholeLine, status: number, { code, detail, title }: Answer): RefusedLine => ({
  line: number,
  code: code ?? `HTTP_${status}`,
  detail: detail ?? title ?? '',
});

/** The intake's answer to what it took, or to what is at fault itself. Throws what a person has to look at. */
const post = async (
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
  patience: Patience,
): Promise<{ status: number; answer: Answer }> => {
  let unanswered = 0;
  const giveUpAt = Date.now() + patience.turnedAwayMs;
  for (;;) {
    const response = await attempt(url, headers, body);
    if ('fault' in response) {
      unanswered += 1;
      if (unanswered >= patience.unanswered) throw noAnswer(url, response.fault);
      await sleep(patience.pauseMs * 2 ** (unanswered - 1));
      continue;
    }
    unanswered = 0;
    const { status, text, retryAfterMs } = response;
    if (status < 300 || AT_FAULT.has(status)) return { status, answer: parsed(text) };
    if (status !== 429 && status !== 503) throw new Error(`cổng nhận trả lời / the intake answered ${status}: ${text}`);
    if (Date.now() > giveUpAt) throw new Error(`cổng nhận vẫn bận / the intake still turns everything away: ${status}`);
    await sleep(retryAfterMs ?? patience.pauseMs);
  }
};

interface Response {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

const attempt = async (
  url: URL,
  headers: Record<string, string>,
  body: Buffer,
): Promise<Response | { readonly fault: Error }> => {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(ANSWER_MS),
      redirect: 'error',
    });
    const retryAfterMs = pauseAsked(response.headers.get('retry-after'));
    return { status: response.status, text: await response.text(), retryAfterMs };
  } catch (error) {
    return { fault: error as Error };
  }
};

/** Seconds, or a date (RFC 9110, 10.2.3). */
const pauseAsked = (value: string | null): number | undefined => {
  if (value === null) return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1_000;
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
};

const noAnswer = ({ origin }: URL, error: Error): Error => {
  const { code } = (error.cause ?? {}) as { code?: string };
  return new Error(`cổng nhận không trả lời / no answer from the intake at ${origin}: ${code ?? error.message}`, {
    cause: error,
  });
};

const parsed = (text: string): Answer => {
  try {
    return (JSON.parse(text) ?? {}) as Answer;
  } catch {
    return { detail: text.slice(0, 200) };
  }
};
