/**
 * The connection to MongoDB: the database of the address, `tonghop` where it names none, majority and journal throughout.
 */
import mongoose, { type Connection } from 'mongoose';

export type { Connection } from 'mongoose';

const DEFAULT_DATABASE = 'tonghop';

export const databaseOf = (uri: string): string => {
  const path = /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?]*)/.exec(uri)?.[1] ?? '';
  return path === '' ? DEFAULT_DATABASE : decodeURIComponent(path);
};

/** Rejects where MongoDB does not answer. */
export const pingStore = async ({ db }: Connection): Promise<void> => {
  if (db === undefined) throw new Error('not connected');
  await db.command({ ping: 1 });
};

/** Where and how MongoDB is reached: everything of it is in the address, TLS and credentials too. */
export interface StoreConfig {
  readonly MONGODB_URI: string;
}

export const connectStore = ({ MONGODB_URI: uri }: StoreConfig): Promise<Connection> =>
  mongoose
    .createConnection(uri, {
      dbName: databaseOf(uri),
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: 5_000,
      maxPoolSize: 20,
      autoIndex: false,
    })
    .asPromise();
