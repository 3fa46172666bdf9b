/**
 * What signers tried to decide and were answered, held against the decisions topic.
 *
 * An attempt is found again in the topic by its key: the reason that nobody else gives, or what was submitted or locked by whom. The same may be
 * tried twice, where the first attempt was not answered; so decisions in effect are counted by key, and have to lie within what the answers
 * allow: one for each that was made, none for each that was turned down, none or one for each whose outcome is not known.
 */
import { decisionOf, carriedDecision } from '#contracts';
import { isInTime, monthCode, MonthDecisions, reportingUnits, type Decision } from '#domain';

export type Outcome = 'made' | 'turned down' | 'unknown';

/** How many decisions it may stand for, at least and at most. */
export type Bounds = readonly [number, number];

export interface Attempt {
  readonly key: string;
  /** For a fault's text. */
  readonly what: string;
  readonly outcome: Outcome;
  readonly bounds: Bounds;
  /** Milliseconds since the epoch. */
  readonly askedAt: number;
  /** The province. */
  readonly of: string;
}

interface Submission {
  readonly unit: string;
  readonly period: string;
  readonly by: string;
  readonly figures: string;
}

interface Lock {
  readonly province: string;
  readonly period: string;
  readonly by: string;
  readonly cutOff: string;
  readonly figures: string;
}

const waysOf = ['/submit', '/lock', '/reopen', '/accept', '/refuse'];

export class Attempts {
  readonly all: Attempt[] = [];

  submission({ unit, period, by, figures }: Submission): string {
    return `submitted|${unit}|${period}|${by}|${figures}`;
  }

  lock({ province, period, by, cutOff, figures }: Lock): string {
    return `locked|${province}|${period}|${by}|${Date.parse(cutOff)}|${figures}`;
  }

  note(attempt: Attempt): void {
    this.all.push(attempt);
  }

  count(outcome: Outcome): number {
    return this.all.filter((one) => one.outcome === outcome).length;
  }

  /** Of the ways of deciding those by which nothing was decided yet. */
  notMade(): string[] {
    const made = this.all.filter(({ outcome, bounds: [least] }) => outcome === 'made' && least > 0);
    return waysOf.filter((way) => !made.some(({ what }) => what.includes(way)));
  }

  /** Whether a decision about the province that was tried since then was made. */
  hasMadeSince(at: number, province: string): boolean {
    return this.all.some(({ of, outcome, askedAt }) => of === province && outcome === 'made' && askedAt >= at);
  }

  /** Decisions that were answered for and are not in effect. */
  lacking(decisions: readonly Decision[]): string[] {
    return this.differing(decisions, (found, [least]) => found < least);
  }

  /** Decisions in effect more often than the answers allow, or that nobody tried to make. */
  excess(decisions: readonly Decision[]): string[] {
    const known = new Set(this.all.map(({ key }) => key));
    const strange = inEffect(decisions).filter((one) => !known.has(this.keyOf(one)));
    return [
      ...this.differing(decisions, (found, [, most]) => found > most),
      ...strange.map((one) => `nobody tried to: ${JSON.stringify(one)}`),
    ];
  }

  private differing(decisions: readonly Decision[], isFault: (found: number, bounds: Bounds) => boolean): string[] {
    const found = new Map<string, number>();
    for (const one of inEffect(decisions)) found.set(this.keyOf(one), (found.get(this.keyOf(one)) ?? 0) + 1);
    const tried = new Map<string, Attempt[]>();
    for (const one of this.all) tried.set(one.key, [...(tried.get(one.key) ?? []), one]);
    return [...tried].flatMap(([key, attempts]) => {
      const bounds = attempts.reduce<Bounds>(([least, most], { bounds: [a, b] }) => [least + a, most + b], [0, 0]);
      const times = found.get(key) ?? 0;
      if (!isFault(times, bounds)) return [];
      const answers = attempts.map(({ outcome }) => outcome).join(', ');
      return [`${attempts[0].what}: in effect ${times} times; answered: ${answers}`];
    });
  }

  private keyOf(decision: Decision): string {
    const { province, month } = decision;
    const [period, by] = [monthCode(month), decision.by.id];
    if (decision.type === 'month.submitted')
      return this.submission({ unit: reportingUnits[decision.unit].code, period, by, figures: decision.figures });
    if (decision.type !== 'month.locked') return decision.reason ?? '';
    const { cutOff, figures } = decision;
    return this.lock({ province, period, by, cutOff: new Date(cutOff).toISOString(), figures });
  }
}

/** A decision from a record of the topic. */
export const decisionFrom = (record: {
  readonly value: Buffer | null;
  readonly offset: string;
  readonly timestamp: string;
}): Decision | undefined => {
  const carried = carriedDecision(record.value, record);
  return carried && decisionOf(carried);
};

/** Those that decided something: another of the month may have come first. */
export const inEffect = (decisions: readonly Decision[]): readonly Decision[] => {
  const months = new Map<string, MonthDecisions>();
  for (const one of decisions) {
    const key = `${one.province}|${one.month}`;
    months.set(key, (months.get(key) ?? MonthDecisions.none).with(one));
  }
  return [...months.values()].flatMap((month) => month.all.filter((one) => isInTime(one, month)));
};
