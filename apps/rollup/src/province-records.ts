/**
 * What the state of a province partition becomes in records, and what records become in it again.
 *
 * Unit months, decisions and the accounts stand in commune-rollups, in the partition that the state belongs to; windows in province-rollups. A
 * restore reads the former and adds the latter up anew.
 */
import {
  ACCOUNTS_KEY,
  communeRollupKey,
  DECIDED_PREFIX,
  decodeDecided,
  encodeDecided,
  decodeNote,
  encodeCommuneRollup,
  encodeOverflow,
  NOTE_PREFIX,
  overflowKey,
  overflowNumber,
  readUnitMonth,
  RECORD_VERSION,
  type Accounts,
  type AccountsNote,
} from '#contracts';
import { ProvinceState, type DecidedMonth, type ProvinceWindow, type ChangedMonth } from '#domain';
import type { KafkaMessage, OutRecord } from '#kafka';
import { isNoteOf } from './fenced-partition.js';
import type { StageContext } from './rollup.config.js';
import { windowRecords } from './window-records.js';

/** What became of every event, and up to where the input is in the state; undefined where an older version did not say. */
export interface Progress {
  readonly accounts: Accounts;
  readonly readUpTo?: string;
  /** How many unit months the state holds. */
  readonly months?: number;
  /** How many overflows of them. */
  readonly overflows?: number;
}

/** How changes become records. */
export interface ProvinceRecords {
  accounts(progress: Progress): OutRecord;
  decisions(month: DecidedMonth): OutRecord[];
  /** Its new overflows first. */
  unitMonth(changed: ChangedMonth, isBehind: boolean): OutRecord[];
  window(window: ProvinceWindow): OutRecord;
}

export const provinceRecords = (
  context: Pick<StageContext, 'topics' | 'generation' | 'partitions'>,
  partition: number,
): ProvinceRecords => {
  const { topics, generation: g } = context;
  const ofState = (key: string, value: string) => ({ topic: topics.communeRollups, partition, key, value });
  return {
    accounts: (progress) => {
      const note: AccountsNote = { v: RECORD_VERSION, g, partition, ...progress };
      return ofState(ACCOUNTS_KEY, JSON.stringify(note));
    },
    decisions: (month) => encodeDecided(g, month).map(({ key, value }) => ofState(key, value)),
    unitMonth: ({ month, overflows }, isBehind) => [
      ...overflows.map((each) => ofState(overflowKey(each.unit, each.month, each.number), encodeOverflow(g, each))),
      ofState(communeRollupKey(month.unit, month.month), encodeCommuneRollup({ g, more: isBehind }, month)),
    ],
    window: windowRecords(context, topics.provinceRollups),
  };
};

/** Makes the state again from its records, in the order in which they stand in the partition. */
export class ProvinceRestore {
  private readonly state: ProvinceState;
  private note?: AccountsNote;
  private readonly months = new Set<string>();
  private readonly overflows = new Set<string>();

  /** @param owner up to whose note everything is read */
  constructor(
    private readonly generation: number,
    private readonly owner: string,
    wordsBeside?: number,
  ) {
    this.state = new ProvinceState(wordsBeside);
  }

  /** Takes records in; true when the owner's note was among them, which ends the restore. */
  take(records: readonly KafkaMessage[]): boolean {
    let isComplete = false;
    for (const record of records) {
      this.takeRecord(record);
      isComplete ||= isNoteOf(this.owner, record, this.generation);
    }
    return isComplete;
  }

  /** How many unit months and overflows of them were found, and how many the newest note read says there are. */
  get found(): { readonly found: number; readonly noted?: number; readonly hasNote: boolean } {
    const { months, overflows, note } = this;
    const noted = note?.months === undefined ? undefined : note.months + (note.overflows ?? 0);
    return { found: months.size + overflows.size, noted, hasNote: note !== undefined };
  }

  /** What became of every event, as the newest note read says; undefined where there is none. */
  get progress(): Progress | undefined {
    return this.note && { accounts: this.note.accounts, readUpTo: this.note.readUpTo };
  }

  /** The state, after all of it was taken in. */
  end(): ProvinceState {
    this.state.endRestore();
    return this.state;
  }

  private takeRecord({ key, value, timestamp }: KafkaMessage): void {
    if (value === null) return;
    const name = key?.toString() ?? '';
    if (name === ACCOUNTS_KEY) this.note = decodeNote<AccountsNote>(value.toString(), this.generation) ?? this.note;
    if (name.startsWith(DECIDED_PREFIX))
      this.state.restoreDecisions(decodeDecided(value, this.generation)?.decisions ?? []);
    const overflow = overflowNumber(name);
    if (name.startsWith(NOTE_PREFIX) && overflow === undefined) return;
    const reports = readUnitMonth(value, this.generation, Number(timestamp));
    if (reports === undefined) return;
    if (overflow !== undefined) {
      this.overflows.add(name);
      this.state.restoreOverflow(overflow, reports);
      return;
    }
    this.months.add(name);
    this.state.restore(reports);
  }
}
