/**
 * What becomes of a reminder on one channel: the states that it goes through, and when it is tried again.
 *
 * `sending` is written before the first byte of a message is handed over, and only by whoever finds the state that he read. What dies there
 * leaves it unknown whether the message arrived: a mail is then not sent again, because a mail server takes the same message twice; a webhook
 * is, because its receiver tells repeats by its id (the Standard Webhooks scheme).
 */
export type Channel = 'email' | 'webhook' | 'none';

export const reminderStates = [
  ...(['planned', 'sending', 'sent', 'refused', 'failed', 'unknown'] as const),
  ...(['unneeded', 'expired', 'no-contact', 'no-channel'] as const),
] as const;
export type ReminderState = (typeof reminderStates)[number];

/** Whether nothing will be done about it any more. */
export const isSettled = (state: ReminderState): boolean => state !== 'planned' && state !== 'sending';

/** What whoever takes up a reminder does: of its states, by its channel. */
export const onTakingUp = (channel: Channel, state: ReminderState): 'send' | 'leave unknown' | 'nothing' => {
  if (state === 'planned') return 'send';
  if (state !== 'sending') return 'nothing';
  return channel === 'webhook' ? 'send' : 'leave unknown';
};

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** The schedule of the Standard Webhooks specification; mail follows it too. */
const pauses = [
  ...[5 * SECOND, 5 * MINUTE, 30 * MINUTE],
  ...[2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR],
];

/** Milliseconds until the next attempt; undefined where there is none. @param attempts that failed so far */
export const pauseAfter = (attempts: number): number | undefined => pauses[attempts - 1];
