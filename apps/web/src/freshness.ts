/**
 * How far what the page shows can be trusted: whether the stream is open, whether the service answers, and until when something came of it.
 *
 * One sign for both: a stream that stands open says nothing about figures that are read by request, and the other way round.
 */
export type Sign = 'connecting' | 'live' | 'failing' | 'lost';

export interface Heard {
  /** The last request that was settled was answered by the service, if only by a refusal. */
  isAnswering: boolean;
  /** When something last came of the service, by an answer or by the stream; milliseconds since the epoch, 0 for never. */
  at: number;
}

let heard: Heard = { isAnswering: true, at: 0 };
const listeners = new Set<() => void>();

const say = (next: Heard): void => {
  const isTold = next.isAnswering !== heard.isAnswering;
  heard = next;
  if (isTold) for (const listener of listeners) listener();
};

/** Something came of the service. */
export const noteHeard = (now = Date.now()): void => say({ ...heard, at: now });

/** A request was settled. @param status undefined: there was no answer at all */
export const noteAnswer = (status: number | undefined, now = Date.now()): void => {
  const isAnswering = status !== undefined && status < 500;
  say({ isAnswering, at: isAnswering ? now : heard.at });
};

export const heardOf = (): Heard => heard;

/** Told when the service begins to answer, or ends. */
export const watchAnswers = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const signOf = (stream: 'connecting' | 'live' | 'lost', { isAnswering }: Heard): Sign =>
  isAnswering ? stream : stream === 'lost' ? 'lost' : 'failing';

/** Whole minutes since something was heard; 0 below one, and while nothing was ever heard. */
export const minutesOld = ({ at }: Heard, now: number): number =>
  at === 0 ? 0 : Math.max(0, Math.floor((now - at) / 60_000));
