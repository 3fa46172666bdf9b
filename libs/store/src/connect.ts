/**
 * The connection to MongoDB: the database of the address, `tonghop` where it names none, majority and journal throughout.
 */
import mongoose, { type Connection } from 'mongoose';
import { AppError } from '#domain';

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

/** Where and how MongoDB is reached. TLS and credentials may stand in the address too. */
export interface StoreConfig {
  readonly MONGODB_URI: string;
  readonly MONGODB_USERNAME?: string;
  readonly MONGODB_PASSWORD?: string;
  /** Naming a file of authorities means TLS. */
  readonly MONGODB_TLS_CA_FILE?: string;
}

class InvalidStoreAddress extends AppError {
  readonly code = 'INVALID_CONFIGURATION';
  readonly retryable = false;
}

export const connectStore = async (config: StoreConfig): Promise<Connection> => {
  try {
    return await connect(config);
  } catch (error) {
    // The address may hold a password: what cannot be read of it is not repeated.
    if ((error as Error).name !== 'MongoParseError' && (error as Error).name !== 'URIError') throw error;
    throw new InvalidStoreAddress('MONGODB_URI, or what goes with it, is not what MongoDB understands');
  }
};

const securityOf = ({
  MONGODB_USERNAME: username,
  MONGODB_PASSWORD: password,
  MONGODB_TLS_CA_FILE: ca,
}: StoreConfig) => {
  if ((username === undefined) !== (password === undefined))
    throw new InvalidStoreAddress('MONGODB_USERNAME and MONGODB_PASSWORD go together');
  return {
    ...(username === undefined ? {} : { auth: { username, password } }),
    ...(ca === undefined ? {} : { tls: true, tlsCAFile: ca }),
  };
};

const connect = async (config: StoreConfig): Promise<Connection> => {
  const { MONGODB_URI: uri } = config;
  return mongoose
    .createConnection(uri, {
      ...securityOf(config),
      dbName: databaseOf(uri),
      writeConcern: { w: 'majority', journal: true },
      serverSelectionTimeoutMS: 5_000,
      maxPoolSize: 20,
      autoIndex: false,
    })
    .asPromise();
};
