/**
 * Enters what was typed about a unit's month: checked, claimed, sent to the intake, audited; in this order, and answered only then.
 *
 * Nothing is sent unless all of it is right and nobody has said anything of its cells since the form showed them. What is sent once more,
 * because no answer was seen, has the same ids: it is the same report.
 */
import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuditLog } from '#access';
import { canonicalJson } from '#contracts';
import { AppError, monthCode, windowIndex, type Unit } from '#domain';
import { CLOCK, type Clock } from '#service';
import { EntryClaims, HistoryReader, type EntryClaim } from '#store';
import type { Asker } from '../decision-maker.js';
import {
  eventsOf,
  faultsOf,
  greatest,
  indicatorOf,
  nextRevisions,
  revisionsOf,
  seenOf,
  type Entry,
  type EntryEvent,
  type EntryFault,
  type Revisions,
} from './entry-events.js';
import { EntryNotConfigured, IntakeUnavailable, ReportChanged } from './entry.errors.js';
import { IntakeClient, type IntakeAnswer } from './intake-client.js';

/** As the shape `EnteredReport` says it; `accepted` 0 where it was refused. */
export interface Entered {
  readonly unit: string;
  readonly period: string;
  readonly accepted: number;
  readonly cells: readonly {
    readonly indicator: string;
    readonly revision: number;
    readonly event: string;
    readonly isHeld: boolean;
  }[];
  readonly rejected: readonly EntryFault[];
}

/** What is entered, where, by whom. */
interface Entering {
  readonly asker: Asker;
  readonly unit: Unit;
  readonly period: string;
  readonly entry: Entry;
}

/** Longer than anybody waits for an answer; what was sent is through by then. */
const UNDER_WAY_MS = 10 * 60_000;
/** Until then the figures show it, or nobody can say what holds them up. */
const TAKEN_MS = 24 * 3_600_000;
/** Others who claim in between: one's own second click, most of all. */
const MOST_LOOKS = 5;

@Injectable()
export class ReportEntry {
  constructor(
    private readonly history: HistoryReader,
    private readonly claims: EntryClaims,
    private readonly intake: IntakeClient,
    private readonly log: AuditLog,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throws `ReportChanged`, `IntakeUnavailable`, `EntryUnderWay`, `EntryNotConfigured`, `StoreUnavailable`. */
  async enter(asker: Asker, unit: Unit, month: number, entry: Entry): Promise<Entered> {
    if (!this.intake.isConfigured) throw new EntryNotConfigured('figures are not entered here: INTAKE_URL, INTAKE_KEY');
    const entering = { asker, unit, period: monthCode(month), entry };
    const facts = { period: entering.period, cells: cellsIn(entry) };
    const note = (outcome: string) =>
      this.log.note({
        who: asker.principal,
        from: asker.from,
        what: 'report.entered',
        unit: unit.code,
        facts,
        outcome,
      });
    await note('begun');
    try {
      const entered = await this.enterNoted(entering);
      await note(entered.accepted > 0 ? 'done' : (entered.rejected[0]?.code ?? 'REFUSED'));
      return entered;
    } catch (error) {
      await note(error instanceof AppError ? error.code : 'INTERNAL_ERROR');
      throw error;
    }
  }

  private async enterNoted(entering: Entering): Promise<Entered> {
    const { unit, period } = entering;
    const draft = draftOf(entering, randomUUID(), this.now(), {});
    const faults = faultsOf(draft, this.now());
    if (faults.length > 0) return { unit: unit.code, period, accepted: 0, cells: [], rejected: faults };
    const claim = await this.claim(entering);
    const events = draftOf(entering, claim.id, Date.parse(claim.time), claim.revisions);
    return this.send(entering, claim, events);
  }

  /** The claim that what is entered goes by: one's own of the same, else a new one. */
  private async claim(entering: Entering): Promise<EntryClaim> {
    const { asker, unit, period, entry } = entering;
    const place = placeOf(entering);
    const content = contentOf(entering);
    const seen = seenOf(entry, levelOf(unit));
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const last = await this.claims.get(place);
      const held = last !== undefined && last.until.getTime() > this.now() ? last : undefined;
      if (held?.content === content) return held;
      const said = await this.said(unit, period);
      const claimed = held?.revisions ?? {};
      // What one sent oneself, and has no answer to, does not stand in one's own way.
      const isOwnTry = held !== undefined && !held.isTaken && held.by === asker.principal.id;
      requireSeen(seen, isOwnTry ? said : greatest(said, claimed));
      const revisions = nextRevisions(entry, seen.keys(), greatest(said, claimed));
      const next: EntryClaim = {
        n: (last?.n ?? 0) + 1,
        id: randomUUID(),
        time: new Date(this.now()).toISOString(),
        content,
        by: asker.principal.id,
        isTaken: false,
        revisions: { ...claimed, ...revisions },
        until: new Date(this.now() + UNDER_WAY_MS),
      };
      if (await this.claims.put(place, last?.n ?? 0, next)) return next;
    }
    throw new ReportChanged('others are entering the same month: look at it again');
  }

  private async said(unit: Unit, period: string): Promise<Revisions> {
    const months = await this.history.months([unit], windowIndex(period) as number);
    return revisionsOf(months.flatMap(({ words }) => words));
  }

  private async send(entering: Entering, claim: EntryClaim, events: readonly EntryEvent[]): Promise<Entered> {
    const place = placeOf(entering);
    let answer: IntakeAnswer;
    try {
      answer = await this.intake.send(events.map(({ event }) => event));
    } catch (error) {
      if (error instanceof IntakeUnavailable) await this.claims.release(place, claim.n);
      throw error;
    }
    const { rejected } = answer;
    const isTaken = (index: number) => rejected.every((each) => each.index !== index);
    const taken = events.filter((_, index) => isTaken(index));
    // What was refused is nobody's: the next one may say it.
    const free = new Set(events.flatMap(({ cells }, index) => (isTaken(index) ? [] : cells)));
    const revisions = Object.fromEntries(Object.entries(claim.revisions).filter(([code]) => !free.has(code)));
    const until = new Date(this.now() + TAKEN_MS);
    // With something refused it is not the same any more when it comes again.
    const content = free.size > 0 ? '' : claim.content;
    await this.claims.put(place, claim.n, { ...claim, content, revisions, isTaken: true, until });
    const held = new Set(answer.held?.map(({ index }) => events[index].event.id));
    return {
      unit: entering.unit.code,
      period: entering.period,
      accepted: answer.accepted,
      cells: taken.flatMap(({ cells, event }) =>
        cells.map((indicator) => ({
          indicator,
          revision: claim.revisions[indicator],
          event: event.id,
          isHeld: held.has(event.id),
        })),
      ),
      rejected: rejected.map(({ index, code, pointer, detail }) => ({
        indicator: indicatorOf(events[index].cells),
        code,
        pointer,
        detail,
      })),
    };
  }
}

const levelOf = ({ level }: Unit) => level as 'commune' | 'province';
const placeOf = ({ unit, period }: Entering): string => `${unit.code}|${period}`;

const draftOf = (
  { unit, period, entry }: Entering,
  id: string,
  at: number,
  revisions: Revisions,
): readonly EntryEvent[] => {
  const place = { unit: unit.code, level: levelOf(unit), period, id, time: new Date(at).toISOString() };
  // Before it is claimed any revision will do: what is wrong with the rest is said all the same.
  const first = nextRevisions(entry, seenOf(entry, place.level).keys(), {});
  return eventsOf(entry, place, { ...first, ...revisions });
};

/** Throws `ReportChanged` where a cell has another revision by now. */
const requireSeen = (seen: ReadonlyMap<string, number>, now: Revisions): void => {
  const changed = [...seen].filter(([code, revision]) => (now[code] ?? 0) !== revision).map(([code]) => code);
  if (changed.length > 0)
    throw new ReportChanged(`others by now than what the form showed: ${changed.join(', ')}; look at them again`);
};

const contentOf = ({ asker, entry }: Entering): string =>
  createHash('sha256')
    .update(canonicalJson([asker.principal.id, entry]))
    .digest('hex');

/** For the audit trail: which cells, and no figure. */
const cellsIn = (entry: Entry): string =>
  'nothingArose' in entry
    ? 'nothing arose'
    : entry.cells.map(({ indicator, figure }) => (figure === null ? `-${indicator}` : indicator)).join(' ');
