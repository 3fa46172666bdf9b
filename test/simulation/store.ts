/**
 * MongoDB as the projection sees it: upserts guarded by a filter, bulk writes that are taken whole, in part, or not at all, with or
 * without an answer.
 */
import type { Connection } from '#store';
import type { Network, SimServer } from './network.js';
import { below, type Random } from './random.js';

export type SimDocument = Record<string, unknown> & { readonly _id: string; version?: number };

export interface Operation {
  readonly updateOne: {
    readonly filter: { readonly _id: string; readonly version?: { readonly $lt: number } };
    readonly update: { readonly $set: Record<string, unknown> };
  };
}

const DUPLICATE_KEY = 11000;
const away = () => Object.assign(new Error('connection closed'), { name: 'MongoNetworkError' });

export class SimStore {
  private readonly collections = new Map<string, Map<string, SimDocument>>();

  constructor(
    private readonly network: Network,
    private readonly server: SimServer,
    private readonly random: Random,
  ) {}

  collection(name: string): Map<string, SimDocument> {
    let held = this.collections.get(name);
    if (held === undefined) this.collections.set(name, (held = new Map()));
    return held;
  }

  /** What mongoose gives a process. */
  connection(): Connection {
    const models: Record<string, unknown> = {};
    const model = (name: string) => (models[name] ??= this.model(name));
    return { models, model } as unknown as Connection;
  }

  private model(name: string) {
    const ok = () => this.network.ask(this.server, (answer) => answer(undefined), away);
    const bulkWrite = (operations: readonly Operation[]) =>
      this.network.ask(
        this.server,
        (answer, refuse) => {
          const failed = this.write(this.collection(name), operations);
          if (failed === undefined) answer({});
          else refuse(failed);
        },
        away,
      );
    return { updateOne: ok, createIndexes: ok, collection: { bulkWrite } };
  }

  /** Applies what is taken; the error that the driver would throw, or undefined. */
  private write(documents: Map<string, SimDocument>, operations: readonly Operation[]): Error | undefined {
    const isTorn = this.network.loss > 0 && this.random() < 0.3;
    const taken = isTorn ? below(this.random, operations.length + 1) : operations.length;
    const duplicates = operations.slice(0, taken).filter((operation) => !upsert(documents, operation));
    const writeErrors = duplicates.map(() => ({ code: DUPLICATE_KEY }));
    if (taken < operations.length && this.random() < 0.5) return away();
    if (taken < operations.length) writeErrors.push({ code: 91 });
    return writeErrors.length === 0 ? undefined : Object.assign(new Error('bulk write'), { writeErrors, result: {} });
  }
}

/** False where the filter does not match and the id is taken. */
const upsert = (documents: Map<string, SimDocument>, { updateOne: { filter, update } }: Operation): boolean => {
  const held = documents.get(filter._id);
  if (held !== undefined && filter.version !== undefined && !((held.version ?? 0) < filter.version.$lt)) return false;
  const next = held ?? { _id: filter._id };
  for (const [path, value] of Object.entries(update.$set)) set(next, path.split('.'), value);
  documents.set(filter._id, next);
  return true;
};

const set = (into: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void => {
  if (rest.length === 0) into[name] = value;
  else set((into[name] ??= {}) as Record<string, unknown>, rest, value);
};
