/**
 * How far what the page shows can be trusted: whether the stream is open, whether the service answers, and until when something came of it.
 *
 * One sign for both: a stream that stands open says nothing about figures that are read by request, and the other way round.
 */
export type Sign = 'connecting' | 'live' | 'failing' | 'lost';

export interface Heard {
  /** No kind of request went unanswered when it was last made; a refusal is an answer too. */
  isAnswering: boolean;
  /** When something last came of the service, by an answer or by the stream; milliseconds since the epoch, 0 for never. */
  at: number;
}

let heard: Heard = { isAnswering: true, at: 0 };
const listeners = new Set<() => void>();
/** When each kind of request that is not answered failed last. One kind that is answered says nothing of another. */
const failing = new Map<string, number>();
/** Everything that is shown is asked for again within a minute: a failure older than this is of what is shown no more. */
const FORGOTTEN_MS = 90_000;

const say = (next: Heard): void => {
  const isTold = next.isAnswering !== heard.isAnswering;
  heard = next;
  if (isTold) for (const listener of listeners) listener();
};

/** Something came of the service. */
export const noteHeard = (now = Date.now()): void => say({ ...heard, at: now });

/** The same question about another unit or window is of the same kind. */
const kindOf = (path: string): string => path.replace(/\?.*$/, '').replace(/\/units\/[^/]+/, '/units');

/** A request was settled. @param status undefined: there was no answer at all */
export const noteAnswer = (path: string, status: number | undefined, now = Date.now()): void => {
  const isAnswer = status !== undefined && status < 500;
  if (isAnswer) failing.delete(kindOf(path));
  else failing.set(kindOf(path), now);
  for (const [kind, at] of failing) if (now - at > FORGOTTEN_MS) failing.delete(kind);
  say({ isAnswering: failing.size === 0, at: isAnswer ? now : heard.at });
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
