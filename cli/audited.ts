/**
 * What a person changes by a command stands in the audit trail before it is done; what cannot be noted is not done.
 *
 * Who it is says the operating system, or `TONGHOP_OPERATOR` where several share a user of it: that is believed, as whoever runs commands has Kafka's
 * own rights. The user and the machine stand there in any case.
 */
import { hostname, userInfo } from 'node:os';
import { AuditLog, type Noted } from '#access';
import { COUNTRY } from '#domain';
import { createProducer, RecordSender } from '#kafka';
import type { Installation } from './installation.js';

type Environment = Readonly<Record<string, string | undefined>>;

export type CommandNoted = Pick<Noted, 'what' | 'unit'> & { readonly facts: Readonly<Record<string, string>> };

/** Resolves when every replica has the entry. Throws `AuditUnavailable`. */
export const noteCommand = async (
  { kafka, topics }: Pick<Installation, 'kafka' | 'topics'>,
  env: Environment,
  { what, unit, facts }: CommandNoted,
): Promise<void> => {
  const user = userName();
  const name = env.TONGHOP_OPERATOR?.trim() || user;
  const who = { id: `command ${name}`, name, kind: 'configuration', roles: [], unit: COUNTRY } as const;
  const producer = createProducer(kafka);
  await producer.connect();
  try {
    const log = new AuditLog(new RecordSender(producer), topics.auditEntries, Date.now);
    await log.note({ what, unit, who, from: null, outcome: 'begun', facts: { ...facts, user, host: hostname() } });
  } finally {
    await producer.disconnect();
  }
};

/** A container may run as a number that has no name. */
const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
};
