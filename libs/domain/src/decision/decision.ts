/**
 * Decisions: what signers have said of a province's month.
 *
 * A decision is in force from the instant at which the broker appended it. None removes or alters a report; a lock and what is decided under
 * it say as of which instant cells are read (month-decisions.ts).
 */

export const decisionTypes = [
  'month.submitted',
  'month.locked',
  'correction.accepted',
  'correction.refused',
  'month.reopened',
] as const;

interface Decided {
  /** Given by whoever made it, so that he finds his own again; an older one has none. */
  readonly id?: string;
  /** Its place among the decisions of its province: its offset in the topic. */
  readonly order: number;
  /** When the broker appended it, milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly province: string;
  /** Index of the month. */
  readonly month: number;
  readonly by: Decider;
}

/** Who decided: as the audit trail knows him. */
export interface Decider {
  readonly id: string;
  readonly name: string;
}

/** A commune, or the province for its own report, answers for its month. It moves no figure. */
export interface MonthSubmitted extends Decided {
  readonly type: 'month.submitted';
  /** Index among the reporting units. */
  readonly unit: number;
  /** The hash of the unit's figures of the month that were seen. */
  readonly figures: string;
}
/** From now on the province's and its communes' cells of the month are read as of `cutOff`. */
export interface MonthLocked extends Decided {
  readonly type: 'month.locked';
  /** Milliseconds since the epoch. */
  readonly cutOff: number;
  /** The hash of the figures as of it. */
  readonly figures: string;
}
/** A cell is read as of `upTo`, or: what its word was up to then is not held any more, and the figure stays. */
export interface CorrectionDecided extends Decided {
  readonly type: 'correction.accepted' | 'correction.refused';
  readonly unit: number;
  /** Index in the catalogue. */
  readonly indicator: number;
  /** Milliseconds since the epoch. */
  readonly upTo: number;
  readonly reason?: string;
}
/** The month is read as of now again. */
interface MonthReopened extends Decided {
  readonly type: 'month.reopened';
  readonly reason: string;
}
export type Decision = MonthSubmitted | MonthLocked | CorrectionDecided | MonthReopened;
