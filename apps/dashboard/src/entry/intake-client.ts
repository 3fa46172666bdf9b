/**
 * The intake, as the dashboard sends to it what was typed: by HTTP, with a key of its own, like any system of a commune. The main topic of events
 * is the intake's to write alone.
 */
import { EntryUnderWay, IntakeUnavailable } from './entry.errors.js';

/** Where it is, and the key of a reporter for the whole country. */
export interface IntakePlace {
  readonly url: string;
  readonly key: string;
}

/** As `POST /v1/events` answers. */
export interface IntakeAnswer {
  readonly accepted: number;
  readonly rejected: readonly {
    readonly index: number;
    readonly code: string;
    readonly pointer: string;
    readonly detail: string;
  }[];
  readonly held?: readonly { readonly index: number }[];
}

/** So long an answer may take, in milliseconds. */
const ANSWER_MS = 10_000;
const VERDICTS: readonly number[] = [202, 422];
/** By these the intake says that it took nothing. */
const TOOK_NOTHING: readonly number[] = [400, 401, 403, 413, 415, 429];

export class IntakeClient {
  /** @param place undefined: there is none */
  constructor(private readonly place: IntakePlace | undefined) {}

  get isConfigured(): boolean {
    return this.place !== undefined;
  }

  /** Throws `IntakeUnavailable` where nothing was taken, `EntryUnderWay` where that is not known. */
  async send(events: readonly object[]): Promise<IntakeAnswer> {
    if (this.place === undefined) throw new IntakeUnavailable('there is no intake');
    const answer = await this.post(this.place, JSON.stringify(events)).catch((cause: unknown) => {
      throw new EntryUnderWay('the intake did not answer: send the same once more', {}, { cause });
    });
    if (VERDICTS.includes(answer.status)) return (await answer.json()) as IntakeAnswer;
    const context = { status: answer.status, body: (await answer.text().catch(() => '')).slice(0, 500) };
    if (TOOK_NOTHING.includes(answer.status)) throw new IntakeUnavailable('the intake takes nothing now', context);
    throw new EntryUnderWay('the intake has trouble: send the same once more', context);
  }

  private post({ url, key }: IntakePlace, body: string): Promise<Response> {
    return fetch(new URL('/v1/events', url), {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/cloudevents-batch+json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }
}
