/** What a pending summary waits for, in the words of the page. */
import type { Summary } from './api';

/** Reasons that pass by themselves; what is not counted and not among them needs somebody. */
const named = {
  'cut-off': 'summaries.waitingCutOff',
  rebuild: 'summaries.waitingRebuild',
  'earlier revision': 'summaries.waitingEarlier',
  Kafka: 'summaries.waiting',
} as const;
const CHECK_STAGE = 'check stage';

export type WaitingWords =
  | (typeof named)[keyof typeof named]
  | 'summaries.waitingEvents'
  | 'summaries.waitingRecords'
  | 'summaries.waitingOperator';

export const waitingWords = ({ for: what, left }: NonNullable<Summary['waiting']>): WaitingWords => {
  if (left !== null) return what === CHECK_STAGE ? 'summaries.waitingEvents' : 'summaries.waitingRecords';
  return what in named ? named[what as keyof typeof named] : 'summaries.waitingOperator';
};
