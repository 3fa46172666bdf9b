/**
 * One province's signers at work: they submit, lock and reopen its months, and accept or refuse what is held of them, over the dashboard's API.
 *
 * A turn looks at a month as a person does and decides on what it sees; now and then two decide at once. What each attempt was answered is
 * noted (decision-attempts.ts). One key submits and never locks, two others do.
 */
import { childrenOf, REPORTED } from '#domain';
import type { Attempts, Bounds } from './decision-attempts.js';
import type { SigningApi } from './signing-api.js';

type Random = () => number;

/** The months that are decided about; the workload's events are of these and others. */
export const decidedPeriods = ['2026-02', '2026-06', '2026-10'];

const SUBMITTED_SHARE = 0.3;
const OF_COMMUNE_SHARE = 0.5;
const AT_ONCE_SHARE = 0.25;
const REOPENED_SHARE = 0.15;
const ALL_SHARE = 0.2;
const CORRECTED_SHARE = 0.5;
const HELD_SHOWN = 20;
/** Above any revision of the workload. */
const FIRST_REVISION = 10;

interface Month {
  readonly state: 'open' | 'locked';
  readonly cutOff: string;
  readonly figures: string;
  readonly ownFigures: string;
}

interface Held {
  readonly id: string;
  readonly unit: string;
}

export interface Keys {
  readonly submitter: string;
  readonly deciders: readonly [string, string];
}

/** Sends an event of a locked month. */
export type SendCorrection = (unit: string, event: string) => void;

export class Signing {
  private sent = 0;
  private decided = 0;

  constructor(
    readonly province: string,
    readonly keys: Keys,
    private readonly api: SigningApi,
    private readonly attempts: Attempts,
    private readonly random: Random,
    private readonly correct: SendCorrection,
  ) {}

  /** Looks at a month, and decides one thing of it, or two at once. */
  async turn(): Promise<void> {
    const period = this.pick(decidedPeriods);
    const month = (await this.api.get(this.keys.submitter, `months/${this.province}/${period}`)) as Month | undefined;
    if (month === undefined) return;
    if (month.state === 'open')
      await (this.random() < SUBMITTED_SHARE ? this.submit(period, month) : this.lock(period, month));
    else if (this.random() < REOPENED_SHARE) await this.reopen(period);
    else await this.decideHeld(period);
  }

  private async submit(period: string, { ownFigures }: Month): Promise<void> {
    const isOfCommune = this.random() < OF_COMMUNE_SHARE;
    const unit = isOfCommune ? this.pick(childrenOf(this.province)).code : this.province;
    const seen = isOfCommune
      ? ((await this.api.get(this.keys.submitter, `months/${unit}/${period}`)) as Month | undefined)?.ownFigures
      : ownFigures;
    if (seen === undefined) return;
    const key = this.attempts.submission({ unit, period, by: this.keys.submitter, figures: seen });
    await this.attempt(key, this.keys.submitter, `months/${unit}/${period}/submit`, { figures: seen });
  }

  private lock(period: string, { cutOff, figures }: Month): Promise<void> {
    return this.byOneOrTwo((by) => {
      const key = this.attempts.lock({ province: this.province, period, by, cutOff, figures });
      return this.attempt(key, by, `months/${this.province}/${period}/lock`, { cutOff, figures });
    });
  }

  private reopen(period: string): Promise<void> {
    return this.byOneOrTwo((by) => {
      const reason = this.nextReason('reopened');
      return this.attempt(reason, by, `months/${this.province}/${period}/reopen`, { reason });
    });
  }

  private async decideHeld(period: string): Promise<void> {
    if (this.random() < CORRECTED_SHARE) this.sendCorrections(period);
    const path = `held?unit=${this.province}&period=${period}&limit=${HELD_SHOWN}`;
    const list = (await this.api.get(this.keys.submitter, path)) as { readonly items: readonly Held[] } | undefined;
    if (list === undefined) return;
    if (list.items.length === 0) return this.reopen(period);
    const { id, unit } = this.pick(list.items);
    if (this.random() < ALL_SHARE) await this.all(unit, period);
    else await this.byOneOrTwo((by) => this.one(id, by));
  }

  private one(id: string, by: string): Promise<void> {
    const how = this.pick(['accept', 'refuse']);
    const reason = this.nextReason(how);
    return this.attempt(reason, by, `held/${id}/${how}`, { reason });
  }

  /** All that waits of a commune's month: the answer says how many that was. */
  private async all(unit: string, period: string): Promise<void> {
    const how = this.pick(['accept', 'refuse']);
    const reason = this.nextReason(`${how} all`);
    const countOf = (body: unknown) => (body as { readonly items: readonly unknown[] }).items.length;
    const [by] = this.keys.deciders;
    await this.attempt(reason, by, `held/${how}`, { unit, period, reason }, countOf);
  }

  /** @param countOf how many decisions an answer stands for; undefined: one */
  private async attempt(
    key: string,
    by: string,
    path: string,
    body: object,
    countOf?: (answer: unknown) => number,
  ): Promise<void> {
    const askedAt = Date.now();
    const { outcome, body: answer } = await this.api.post(by, path, body);
    const counts: Record<typeof outcome, () => Bounds> = {
      made: () => (countOf === undefined ? [1, 1] : [countOf(answer), countOf(answer)]),
      'turned down': () => [0, 0],
      unknown: () => [0, countOf === undefined ? 1 : Infinity],
    };
    this.attempts.note({ key, what: `${path} ${key}`, outcome, bounds: counts[outcome](), askedAt, of: this.province });
  }

  private async byOneOrTwo(decide: (by: string) => Promise<void>): Promise<void> {
    const { deciders } = this.keys;
    const isTwo = this.random() < AT_ONCE_SHARE;
    await Promise.all((isTwo ? deciders : [this.pick(deciders)]).map(decide));
  }

  private sendCorrections(period: string): void {
    for (let n = 0; n < 3; n += 1) {
      const { code: unit } = this.pick(childrenOf(this.province));
      this.sent += 1;
      const denominator = 100;
      const numerator = Math.floor(this.random() * denominator);
      const revision = FIRST_REVISION + this.sent;
      const event = {
        specversion: '1.0',
        id: `held-${this.province}-${this.sent}`,
        source: `/units/${unit}`,
        type: REPORTED,
        time: '2026-11-16T08:00:00Z',
        data: { unit, indicator: 'c', period, revision, numerator, denominator },
      };
      this.correct(unit, JSON.stringify(event));
    }
  }

  /** No other decision has it. */
  private nextReason(what: string): string {
    this.decided += 1;
    return `${what}, ${this.province}, ${this.decided}`;
  }

  private pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)];
  }
}
