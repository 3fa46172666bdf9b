/** What the store understands of MongoDB's language: equality, `$lt`, `$in`; `$set`, `$setOnInsert`; upserts that meet a taken id. */

export type SimDocument = Record<string, unknown> & { readonly _id: string; version?: number };
export type Filter = Readonly<Record<string, unknown>>;

export interface Update {
  readonly $set?: Readonly<Record<string, unknown>>;
  readonly $setOnInsert?: Readonly<Record<string, unknown>>;
}

const matchesField = (value: unknown, wanted: unknown): boolean => {
  if (wanted === null) return value === null || value === undefined;
  if (typeof wanted !== 'object') return value === wanted;
  const { $lt, $in } = wanted as { $lt?: number; $in?: readonly unknown[] };
  if ($lt !== undefined) return typeof value === 'number' && value < $lt;
  return $in?.includes(value) ?? false;
};

export const matches = (document: SimDocument, filter: Filter): boolean =>
  Object.entries(filter).every(([name, wanted]) => matchesField(document[name], wanted));

/** By the fields of `order`, the first one first. */
export const sorted = (documents: SimDocument[], order: Readonly<Record<string, 1 | -1>>): SimDocument[] =>
  documents.sort((a, b) => {
    for (const [name, direction] of Object.entries(order)) {
      const [x, y] = [a[name] as number, b[name] as number];
      if (x < y) return -direction;
      if (x > y) return direction;
    }
    return 0;
  });

/** 'matched', 'inserted', 'nothing' where nothing matches, 'taken' where the id of an upsert stands already. */
export type Applied = 'matched' | 'inserted' | 'nothing' | 'taken';

export const apply = (
  documents: Map<string, SimDocument>,
  filter: Filter & { readonly _id: string },
  { $set = {}, $setOnInsert = {} }: Update,
  upsert: boolean,
): Applied => {
  const held = documents.get(filter._id);
  if (held !== undefined && matches(held, filter)) {
    setAll(held, $set);
    return 'matched';
  }
  if (!upsert) return 'nothing';
  if (held !== undefined) return 'taken';
  const fresh: SimDocument = { _id: filter._id };
  setAll(fresh, { ...$setOnInsert, ...$set });
  documents.set(filter._id, fresh);
  return 'inserted';
};

const setAll = (into: SimDocument, values: Readonly<Record<string, unknown>>): void => {
  for (const [path, value] of Object.entries(values)) set(into, path.split('.'), value);
};

const set = (into: Record<string, unknown>, [name, ...rest]: string[], value: unknown): void => {
  if (rest.length === 0) into[name] = value;
  else set((into[name] ??= {}) as Record<string, unknown>, rest, value);
};
