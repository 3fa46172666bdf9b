/**
 * Asks the dashboard for a national summary, waits until it is issued, and holds it against a recomputation.
 *
 * A summary waits for all that there was when it was asked for, however long that takes, and so does this: it says what for and how far it is,
 * and ends by a person, or by a summary that failed. A dashboard or a Kafka that is away for a while is waited for too.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { unitOf, windowCode, type Recomputation, type Rollup } from '#domain';
import { vi } from './say.js';

const LOOK_MS = 100;
/** What it waits for is said so often at most. */
const SAY_MS = 1_000;

interface Summary {
  readonly status: string;
  readonly error?: string;
  readonly waiting?: { readonly for: string; readonly left: number | null };
}
interface Content {
  readonly indicators: readonly (Rollup & { numerator: number | null })[];
}

export interface SummaryWait {
  readonly say: (line: string) => void;
  /** Of an analyst of the country. */
  readonly token?: string;
  /** A person has had enough. */
  readonly signal: AbortSignal;
  readonly lookMs?: number;
  readonly sayMs?: number;
}

/** The id of the issued summary. Throws where it failed or was refused, and where `signal` ends the waiting. */
export const issueSummary = async (dashboard: string, window: number, wait: SummaryWait): Promise<string> => {
  const { say, signal, lookMs = LOOK_MS, sayMs = SAY_MS } = wait;
  let said = '';
  let saidAt = -Infinity;
  const tell = (line: string): void => {
    if (line === said || performance.now() - saidAt < sayMs) return;
    [said, saidAt] = [line, performance.now()];
    say(line);
  };
  const headers = authorization(wait.token);
  const post = {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ window: windowCode(window) }),
  };
  let id: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const path = id === undefined ? '' : `/${id}`;
    const answer = await answerOf(`${dashboard}/v1/summaries${path}`, {
      ...(id === undefined ? post : { headers }),
      signal,
    });
    if (answer === undefined) tell('Đang chờ bảng điều hành… / waiting for the dashboard to answer');
    else if (id === undefined) id = (answer as { id: string }).id;
    else {
      const { status, error, waiting } = answer as Summary;
      if (status === 'issued') return id;
      if (status === 'failed') throw new Error(`summary ${id} failed: ${error ?? ''}`);
      if (waiting !== undefined) tell(waitingLine(id, waiting));
    }
    await pause(lookMs, undefined, { signal });
  }
};

const authorization = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

/** What is answered; undefined where nobody answers now, or is asked to be asked again. Throws for what is refused for good. */
const answerOf = async (url: string, request: RequestInit): Promise<unknown> => {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { ...request, redirect: 'error' });
    text = await response.text();
  } catch (error) {
    request.signal?.throwIfAborted();
    // fetch says by it that there is no connection, or that it broke.
    if ((error as Error).name === 'TypeError') return undefined;
    throw error;
  }
  if (response.status === 503) return undefined;
  if (!response.ok) throw new Error(`the dashboard answered ${response.status}: ${text}`);
  return JSON.parse(text);
};

const waitingLine = (id: string, { for: what, left }: NonNullable<Summary['waiting']>): string => {
  if (left === null) return `Báo cáo ${id} đang chờ (${what}) / waiting for: ${what}`;
  const things = what === 'check stage' ? 'sự kiện' : 'bản ghi';
  return `Báo cáo ${id} đang chờ: còn ${vi(left)} ${things} (${what}) / waiting for the ${what}: ${vi(left)} left`;
};

/** How many indicators of an issued summary equal the recomputation. Throws with the first that does not. */
export const compareSummary = async (
  dashboard: string,
  id: string,
  window: number,
  reference: Recomputation,
  token?: string,
): Promise<number> => {
  const answer = await fetch(`${dashboard}/v1/summaries/${id}.json`, {
    headers: authorization(token),
    redirect: 'error',
  });
  const content = (await answer.json()) as Content;
  const expected = reference.rollups((unit) => unit === unitOf('VN'), windowCode(window));
  for (const { indicator, numerator, denominator, value, percent } of content.indicators) {
    const rollup = expected.get(`VN|${windowCode(window)}|${indicator}`);
    const said = JSON.stringify([numerator ?? null, denominator ?? null, value ?? null, percent]);
    const plain = JSON.stringify([
      rollup?.numerator ?? null,
      rollup?.denominator ?? null,
      rollup?.value ?? null,
      rollup?.percent ?? null,
    ]);
    if (said !== plain) throw new Error(`summary ${id}, ${indicator}: ${said}, but a recomputation gives ${plain}`);
  }
  return content.indicators.length;
};
