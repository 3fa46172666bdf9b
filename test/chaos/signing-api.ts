/**
 * The dashboard's API as signers ask it, each with his key.
 *
 * An answer of 200 says that something is decided, one of 4xx that it is not. No answer, and 503, say nothing: it may have been decided or not.
 */
import type { Outcome } from './decision-attempts.js';

const ANSWER_MS = 40_000;
/** Turned down: another decided first, or there is nothing of it any more. */
const turnedDown: ReadonlySet<number> = new Set([404, 409, 429]);

export class SigningApi {
  /** Answers that a signer cannot do anything with. */
  readonly unexpected: string[] = [];
  /** How many answers of each status and code. */
  readonly answers = new Map<string, number>();

  /** @param tokens by key's id */
  constructor(
    private readonly dashboard: string,
    private readonly tokens: ReadonlyMap<string, string>,
  ) {}

  /** Undefined where it is not answered. */
  async get(by: string, path: string): Promise<unknown> {
    const { status, body } = await this.ask(by, 'GET', path);
    return status === 200 ? body : undefined;
  }

  async post(by: string, path: string, body: object): Promise<{ readonly outcome: Outcome; readonly body: unknown }> {
    const answer = await this.ask(by, 'POST', path, body);
    return { outcome: outcomeOf(answer.status), body: answer.body };
  }

  private async ask(
    by: string,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ readonly status?: number; readonly body?: unknown }> {
    try {
      const response = await fetch(`${this.dashboard}/v1/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.tokens.get(by)}`,
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      const answer = (await response.json()) as { readonly code?: string };
      this.count(`${method} ${path}`, response.status, answer.code);
      return { status: response.status, body: answer };
    } catch {
      this.count(path);
      return {};
    }
  }

  private count(asked: string, status?: number, code = ''): void {
    const answer = status === undefined ? 'no answer' : `${status} ${code}`.trim();
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
    const isExpected = status === undefined || status === 200 || status === 503 || turnedDown.has(status);
    if (!isExpected) this.unexpected.push(`${asked}: ${answer}`);
  }
}

const outcomeOf = (status: number | undefined): Outcome => {
  if (status === 200) return 'made';
  return status === undefined || status >= 500 ? 'unknown' : 'turned down';
};
