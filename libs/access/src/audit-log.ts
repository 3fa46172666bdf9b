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
    private readonly sender: Pick<RecordSender, 'send'>,
    private readonly topic: string,
    private readonly now: () => number,
  ) {}

  /** Resolves when every replica has the entry. Throws `AuditUnavailable`. */
  async note(noted: Noted): Promise<void> {
    const { who, ...rest } = noted;
    const person = who && { id: who.id, name: who.name, kind: who.kind, roles: who.roles, unit: who.unit };
    const entry: AuditEntry = { id: randomUUID(), at: new Date(this.now()).toISOString(), who: person, ...rest };
    const record = { topic: this.topic, key: who?.id ?? null, value: JSON.stringify(entry) };
    try {
      await this.sender.send([record], { withinMs: SEND_MS });
    } catch (cause) {
      throw new AuditUnavailable('the audit log cannot be written', {}, { cause });
    }
  }
}
