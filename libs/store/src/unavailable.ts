import { StoreUnavailable } from './guarded-writes.js';

/** What a reader makes of MongoDB's fault, whatever it is. */
export const unavailable = (cause: unknown): never => {
  throw new StoreUnavailable('MongoDB did not answer', {}, { cause });
};
