/**
 * Promises that are not awaited where they are made. Lint lets no other way stand (lint/stored-promise.js).
 *
 * A promise that rejects while nobody waits for it ends a Node process. So work that goes on by itself says what its fault leads to, and
 * a promise that is kept says that somebody takes its outcome later.
 */

/** An unknown fault is not caught: as a rejection that nobody takes it ends the process, drained where a service's life watches. */
const endProcess = (error: unknown): never => {
  throw error;
};

/** Lets work go on by itself. What it fails by goes to `onFault`; left out, it ends the process. */
export const inBackground = (work: PromiseLike<unknown>, onFault: (error: unknown) => void = endProcess): void => {
  work.then(undefined, onFault);
};

/** The same promise, where there is one. Whoever awaits it learns how it ended; until then its rejection is handled. */
export const awaitedLater = <T extends Promise<unknown> | undefined>(promise: T): T => {
  promise?.catch(() => undefined);
  return promise;
};

/** Whether work ended within the milliseconds; it rejects where the work did. */
export const inTime = async (work: Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** What the work comes to; rejects with `what` where that takes longer. The work is not stopped. */
export const withTimeout = async <T>(work: Promise<T>, ms: number, what: string): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(what)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
