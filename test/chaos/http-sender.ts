/**
 * Sends events to the intake as a careful client does: at least once.
 *
 * What was not answered, or answered with "come again", is sent again as it was; what was answered is remembered: every event that
 * was acknowledged as accepted must be found in the event topic, whatever has died since.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { awaitedLater } from '#promises';
import { Signal } from './signal.js';
import { authorizedFetch } from '../kit/authorized-fetch.js';

const TIMEOUT_MS = 15_000;
const PAUSE_MS = 300;

interface Answer {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number }[];
}

export class HttpSender {
  /** Texts of the events that were acknowledged. */
  readonly accepted: string[] = [];
  readonly refused: string[] = [];
  readonly acknowledgements = new Signal();
  /** How many answers of each status, and how many requests without one. */
  readonly answers = new Map<string, number>();
  /** Answers that a client cannot do anything with. */
  readonly unexpected: string[] = [];
  /** 429 and 503 that did not say when to come again. */
  withoutRetryAfter = 0;
  private readonly underWay = new Set<Promise<void>>();
  private isOn = true;

  constructor(private readonly intake: string) {}

  /** Several events go as a batch. Sent again and again until they are answered; see `settled`. */
  send(events: readonly string[]): Promise<void> {
    const sending = awaitedLater(this.untilAnswered(events).finally(() => this.underWay.delete(sending)));
    this.underWay.add(sending);
    return sending;
  }

  get waiting(): number {
    return this.underWay.size;
  }

  /** Resolves when everything sent so far is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** What is not answered yet is given up. */
  stop(): void {
    this.isOn = false;
  }

  private async untilAnswered(events: readonly string[]): Promise<void> {
    while (this.isOn) {
      const pause = await this.attempt(events);
      if (pause === undefined) return;
      await sleep(pause);
    }
  }

  /** Returns after how long to try again; undefined when the events are answered. */
  private async attempt(events: readonly string[]): Promise<number | undefined> {
    const sentAt = Date.now();
    try {
      const response = await post(this.intake, events);
      const text = await response.text();
      this.count(String(response.status));
      if (response.status === 202 || response.status === 422) {
        this.acknowledgements.note(sentAt, Date.now());
        this.remember(events, JSON.parse(text) as Answer);
        return undefined;
      }
      if (response.status === 429 || response.status === 503) return this.pauseAsked(response);
      this.unexpected.push(`${response.status} ${text.slice(0, 200)}`);
      return response.status >= 500 ? PAUSE_MS : undefined;
    } catch (error) {
      this.count(`no answer (${reasonOf(error)})`);
      return PAUSE_MS;
    }
  }

  private pauseAsked({ headers }: Response): number {
    const seconds = Number(headers.get('retry-after') ?? NaN);
    if (seconds > 0) return seconds * 1_000;
    this.withoutRetryAfter += 1;
    return PAUSE_MS;
  }

  private remember(events: readonly string[], { rejected }: Answer): void {
    const refused = new Set(rejected.map(({ index }) => index));
    events.forEach((event, index) => (refused.has(index) ? this.refused : this.accepted).push(event));
  }

  private count(outcome: string): void {
    this.answers.set(outcome, (this.answers.get(outcome) ?? 0) + 1);
  }
}

const reasonOf = (error: unknown): string => {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown';
};

const post = (intake: string, events: readonly string[]): Promise<Response> =>
  authorizedFetch(`${intake}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': `application/cloudevents${events.length > 1 ? '-batch' : ''}+json` },
    body: events.length > 1 ? `[${events.join(',')}]` : events[0],
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
