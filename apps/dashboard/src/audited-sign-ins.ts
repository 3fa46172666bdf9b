/** Sign-ins, refused ones and sign-outs as entries of the audit log; nobody is answered before the entry is with Kafka. */
import type { Noted } from '#access';
import type { SignInOutcome } from '#access/people';

const actions = {
  'signed-in': 'sign-in',
  refused: 'sign-in.failed',
  'signed-out': 'sign-out',
  'session-ended': 'session.ended',
} as const;

export const signInNoted = ({ what, principal, code, from, session }: SignInOutcome): Noted => ({
  what: actions[what],
  who: principal ?? null,
  unit: principal?.unit ?? null,
  from,
  outcome: code ?? 'done',
  ...(session === undefined ? {} : { facts: { session } }),
});
