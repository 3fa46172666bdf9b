/**
 * The audit log as services write to it: an entry is with Kafka (`acks=all`) before whoever asked is answered. What cannot be audited is not
 * answered.
 */
import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditedAction } from '#contracts';
import { AppError } from '#domain';
import type { RecordSender } from '#kafka';
import type { Principal } from './principal.js';

class AuditUnavailable extends AppError {
  readonly code = 'AUDIT_UNAVAILABLE';
  readonly retryable = true;
}

/** What a service says of it; the log adds an id and the time. */
export interface Noted {
  readonly what: AuditedAction;
  readonly who: Principal | null;
  readonly unit: string | null;
  readonly from: string | null;
  readonly outcome: string;
  readonly facts?: Readonly<Record<string, string>>;
}

/** So long Kafka may take, in milliseconds. */
const SEND_MS = 5_000;

export class AuditLog {
  constructor(
    private readonly sender: Pick<RecordSender, 'sendAsItIs'>,
    private readonly topic: string,
    private readonly now: () => number,
  ) {}

  /** Resolves when every replica has the entry. Throws `AuditUnavailable`. */
  note(noted: Noted): Promise<void> {
    return this.noteAsItIs(noted.who?.id ?? null, () => noted);
  }

  /** The same of what may change until it leaves. @param noted called once, as it leaves; not where it is given up before */
  async noteAsItIs(who: string | null, noted: () => Noted): Promise<void> {
    const record = () => ({ key: who, value: JSON.stringify(this.entryOf(noted())) });
    try {
      await this.sender.sendAsItIs(this.topic, record, { withinMs: SEND_MS });
    } catch (cause) {
      throw new AuditUnavailable('the audit log cannot be written', {}, { cause });
    }
  }

  private entryOf({ who, ...rest }: Noted): AuditEntry {
    const person = who && { id: who.id, name: who.name, kind: who.kind, roles: who.roles, unit: who.unit };
    return { id: randomUUID(), at: new Date(this.now()).toISOString(), who: person, ...rest };
  }
}
