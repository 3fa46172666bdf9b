/**
 * Documents that were read before, kept as long as MongoDB has the same version of them.
 *
 * A reader asks MongoDB for the versions alone, which is little, and for those documents whose version is another one. What it answers is what
 * MongoDB holds at the time of asking, as if everything had been read: only what did not change is neither sent nor parsed again.
 *
 * A repair may put something else in the place of a document under the same version (document-repair.ts), so nothing is kept for longer than
 * `KEPT_MS`.
 */
import type { Model } from 'mongoose';
import { unavailable } from './unavailable.js';

/** So long, at most, by the clock that is handed over. */
const KEPT_MS = 5_000;

/**
 * Until when the nth of what was read together is kept, by the same clock as `now`: from `KEPT_MS` down to half of it, so that few are read again at a time and
 * nobody waits for all of them.
 */
export const keptUntil = (now: number, n: number, together: number): number => now + KEPT_MS * (1 - n / (2 * together));

export interface Versioned {
  readonly _id: string;
  readonly version: number;
}

interface Kept<T> {
  readonly version: number;
  readonly value: T;
  /** Milliseconds, by the clock that is handed over. */
  readonly until: number;
}

export interface KeptOptions<D, T> {
  /** The fields that are read, beside `_id` and `version`. */
  readonly fields: readonly (keyof D & string)[];
  readonly parse: (document: D) => T;
  /** So many are kept; those that were not asked for the longest go first. */
  readonly most: number;
  readonly now: () => number;
}

export class KeptDocuments<D extends Versioned, T> {
  private readonly kept = new Map<string, Kept<T>>();
  /** Of which collection they are: those of another generation are other documents. */
  private collection = '';
  private readonly projection: Readonly<Record<string, 1>>;

  constructor(private readonly options: KeptOptions<D, T>) {
    this.projection = Object.fromEntries(['version', ...options.fields].map((field) => [field, 1 as const]));
  }

  /** By id, those that there are. Throws `StoreUnavailable`. */
  async read(model: Model<D>, ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    const collection = model.collection.name;
    if (collection !== this.collection) this.kept.clear();
    this.collection = collection;
    const found = new Map<string, T>();
    const held = new Map(ids.flatMap((id) => this.keptOf(id)));
    const versions = held.size === 0 ? [] : await versionsOf(model, [...held.keys()]);
    for (const { _id, version } of versions) {
      const kept = held.get(_id);
      if (kept?.version === version) found.set(_id, kept.value);
    }
    const others = ids.filter((id) => !found.has(id));
    if (others.length === 0) return found;
    const now = this.options.now();
    const documents = await this.documents(model, others);
    for (const [n, document] of documents.entries()) {
      const until = keptUntil(now, n, documents.length);
      const value = this.options.parse(document);
      found.set(document._id, value);
      if (collection === this.collection) this.keep(document._id, { version: document.version, value, until });
    }
    return found;
  }

  private keptOf(id: string): [string, Kept<T>][] {
    const kept = this.kept.get(id);
    if (kept === undefined) return [];
    // The latest asked for stands last.
    this.kept.delete(id);
    if (this.options.now() >= kept.until) return [];
    this.kept.set(id, kept);
    return [[id, kept]];
  }

  private keep(id: string, kept: Kept<T>): void {
    this.kept.delete(id);
    this.kept.set(id, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.options.most) return;
      this.kept.delete(oldest);
    }
  }

  private async documents(model: Model<D>, ids: readonly string[]): Promise<D[]> {
    const filter = { _id: { $in: ids } } as never;
    return (await model.collection.find(filter, { projection: this.projection }).toArray().catch(unavailable)) as never;
  }
}

/** Of the documents that there are. Throws `StoreUnavailable`. */
export const versionsOf = async <D>(model: Model<D>, ids: readonly string[]): Promise<Versioned[]> => {
  const filter = { _id: { $in: ids } } as never;
  return (await model.collection
    .find(filter, { projection: { version: 1 } })
    .toArray()
    .catch(unavailable)) as never;
};
