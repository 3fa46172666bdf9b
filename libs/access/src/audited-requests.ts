/**
 * Which requests are audited, by the rule of their route: reads of commune-level figures and of the trail itself, exports as tables, downloads of
 * documents, requests for summaries. The entry is written before the handler begins, or, of a route that holds its answer, before that is sent, so that
 * nothing is answered that was not noted; a stream is noted as it opens. Other requests are handed on as they are.
 */
import { unitOf } from '#domain';
import { awaitedLater, inBackground } from '#promises';
import type { AuditLog, Noted } from './audit-log.js';
import { namedAt, type Asked } from './decision.js';
import type { Action } from './policy.js';
import type { Principal } from './principal.js';
import { OWN_UNIT, type Rule } from './rules.js';

const DOCUMENT = /\.[a-z]+$/;
/** Lists that can be had as a table. */
const EXPORTED: ReadonlySet<Action> = new Set([
  'figures.read',
  'refusals.read',
  'held.read',
  'reminders.read',
  'audit.read',
]);

/** Who asks, as far as it says which unit is meant. */
type Asker = Pick<Principal, 'unit'>;

/** What is noted of a request; undefined where it is not audited. @param isRefused he may not: then figures of any level are noted */
export const auditedAs = (
  rule: Rule | undefined,
  asked: Asked,
  { unit: own }: Asker,
  isRefused = false,
): Pick<Noted, 'what' | 'unit' | 'facts'> | undefined => {
  if (rule === undefined || !('action' in rule)) return undefined;
  const { query, params } = asked;
  const place = rule.unit ?? {};
  const named = namedAt(place, asked) ?? (place.orElse === OWN_UNIT ? own : place.orElse);
  // What a caller makes up is no unit: it stands nowhere.
  const unit = typeof named === 'string' ? (unitOf(named)?.code ?? null) : null;
  const form = EXPORTED.has(rule.action) ? asked.form : undefined;
  if (form !== undefined) {
    const facts = { form, of: rule.action, ...factsOf(query, ['window', 'indicator', 'period', 'asOf']) };
    return { what: 'export', unit, facts };
  }
  if (rule.action === 'figures.read') {
    const ofChildren = place.param !== undefined || query.children === 'true';
    const isNoted = isRefused || place.downTo === 'communes' || isCommuneLevel(unit, ofChildren);
    return isNoted ? { what: 'figures.read', unit, facts: factsOf(query, ['window', 'indicator', 'asOf']) } : undefined;
  }
  if (rule.action === 'held.read' && unit !== null)
    return { what: 'figures.read', unit, facts: { held: 'true', ...factsOf(query, ['period']) } };
  // Who may has his entry with what came of it (decision-maker.ts): here stands who may not.
  if (isRefused && rule.action === 'months.submit') return { what: 'decision.submit', unit };
  // Of the intake's events whose unit is another's it stands elsewhere, bounded (audited-refusals.ts).
  if (isRefused && rule.action === 'events.publish' && rule.unit !== undefined) return { what: 'events.publish', unit };
  if (isRefused && rule.action === 'months.decide') return { what: decisionAt(asked.path), unit };
  if (rule.action === 'audit.read')
    return { what: 'audit.read', unit, facts: factsOf(query, ['what', 'who', 'from', 'to', 'cursor']) };
  if (rule.action === 'contacts.read') return { what: 'contacts.read', unit };
  if (rule.action === 'contacts.edit') return { what: 'contacts.changed', unit };
  if (rule.action === 'summaries.request') return { what: 'summary.requested', unit };
  const { name } = params;
  const isDocument = rule.action === 'summaries.read' && typeof name === 'string' && DOCUMENT.test(name);
  return isDocument ? { what: 'document.downloaded', unit, facts: { name: name.slice(0, MOST_CHARS) } } : undefined;
};

/** What is decided by a route of months or held corrections: its last word. */
const decisionAt = (path = ''): 'decision.lock' | 'decision.reopen' | 'decision.accept' | 'decision.refuse' => {
  const word = /\/(reopen|accept|refuse)$/.exec(path)?.[1] as 'reopen' | 'accept' | 'refuse' | undefined;
  return `decision.${word ?? 'lock'}`;
};

/** A commune's figures, or those of a province's communes side by side. */
const isCommuneLevel = (code: string | null, ofChildren: boolean): boolean => {
  const level = unitOf(code ?? '')?.level;
  return level === 'commune' || (ofChildren && level === 'province');
};

const MOST_CHARS = 64;
const factsOf = (query: Asked['query'], names: readonly string[]): Record<string, string> => {
  const facts: Record<string, string> = {};
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string') facts[name] = value.slice(0, MOST_CHARS);
  }
  return facts;
};

/** An entry that has not left, and how many requests stand in it. */
interface Waiting {
  count: number;
  /** Resolves when it is written. */
  readonly written: Promise<void>;
}

/**
 * Reads of the same by the same caller stand in one entry, with their number (`count`), as long as it has not left: so a caller who asks faster than
 * entries are written makes no more of them. An entry is written before any of those that it counts is answered.
 */
export class AuditedRequests {
  private readonly waiting = new Map<string, Waiting>();

  constructor(private readonly log: Pick<AuditLog, 'note' | 'noteAsItIs'>) {}

  /** Undefined: nothing is noted. What it resolves by is answered; what it rejects by too. */
  allowed(rule: Rule, asked: Asked, who: Principal, from: string): Promise<void> | undefined {
    const audited = auditedAs(rule, asked, who);
    if (audited === undefined) return undefined;
    const noted: Noted = { who, from, outcome: 'allowed', ...audited };
    return audited.what === 'figures.read' ? this.read(noted, who.id) : this.log.note(noted);
  }

  private read(noted: Noted, who: string): Promise<void> {
    const key = JSON.stringify(noted);
    const before = this.waiting.get(key);
    if (before !== undefined) {
      before.count += 1;
      return before.written;
    }
    const written = awaitedLater(this.log.noteAsItIs(who, () => counted(noted, this.left(key))));
    this.waiting.set(key, { count: 1, written });
    // One that was given up before it left: whoever comes next begins another.
    inBackground(written, () => this.left(key, written));
    return written;
  }

  /** How many requests stand in an entry to which no more are added from now on. @param only where it is this one still */
  private left(key: string, only?: Promise<void>): number {
    const entry = this.waiting.get(key);
    if (entry === undefined || (only !== undefined && entry.written !== only)) return 0;
    this.waiting.delete(key);
    return entry.count;
  }
}

const counted = (noted: Noted, count: number): Noted =>
  count === 1 ? noted : { ...noted, facts: { ...noted.facts, count: String(count) } };
