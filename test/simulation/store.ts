/**
 * MongoDB as the services see it: guarded upserts, bulk writes that are taken whole, in part, or not at all, with or without an answer.
 */
import type { Connection } from '#store';
import { apply, matches, sorted, type Filter, type SimDocument, type Update } from './collection.js';
import type { Network, SimServer } from './network.js';
import { below, type Random } from './random.js';

export interface Operation {
  readonly updateOne: { readonly filter: Filter & { readonly _id: string }; readonly update: Update };
}

const DUPLICATE_KEY = 11000;
const SHUTTING_DOWN = 91;
const away = () => Object.assign(new Error('connection closed'), { name: 'MongoNetworkError' });
const duplicate = () => Object.assign(new Error('duplicate key'), { code: DUPLICATE_KEY });

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
    const documents = this.collection(name);
    const find = (filter: Filter) =>
      this.do(() => copies([...documents.values()].filter((each) => matches(each, filter))));
    const findOne = async (filter: Filter) => (await find(filter))[0] ?? null;
    const updateOne = (filter: Filter & { _id: string }, update: Update, options: { upsert?: boolean } = {}) =>
      this.do(() => {
        const applied = apply(documents, filter, update, options.upsert ?? false);
        if (applied === 'taken') throw duplicate();
        return { matchedCount: Number(applied === 'matched') };
      });
    const insertOne = (document: SimDocument) =>
      this.do(() => {
        if (documents.has(document._id)) throw duplicate();
        documents.set(document._id, { ...document });
      });
    const bulkWrite = (operations: readonly Operation[]) =>
      this.do(() => {
        const failed = this.write(documents, operations);
        if (failed !== undefined) throw failed;
      });
    return {
      updateOne,
      createIndexes: () => this.do(() => undefined),
      find: (filter: Filter) => new SimQuery(() => find(filter)),
      findById: (_id: string) => new SimQuery(() => findOne({ _id })),
      collection: { bulkWrite, findOne, insertOne, updateOne },
    };
  }

  private do<T>(work: () => T): Promise<T> {
    return this.network.ask(this.server, (answer) => answer(work()), away);
  }

  /** Applies what is taken; the error that the driver would throw, or undefined. */
  private write(documents: Map<string, SimDocument>, operations: readonly Operation[]): Error | undefined {
    const isTorn = this.network.loss > 0 && this.random() < 0.3;
    const taken = isTorn ? below(this.random, operations.length + 1) : operations.length;
    const applied = operations
      .slice(0, taken)
      .map(({ updateOne: { filter, update } }) => apply(documents, filter, update, true));
    const writeErrors = applied.filter((how) => how === 'taken').map(() => ({ code: DUPLICATE_KEY }));
    if (taken < operations.length && this.random() < 0.5) return away();
    if (taken < operations.length) writeErrors.push({ code: SHUTTING_DOWN });
    return writeErrors.length === 0 ? undefined : Object.assign(new Error('bulk write'), { writeErrors, result: {} });
  }
}

const copies = (documents: readonly SimDocument[]): SimDocument[] => documents.map((document) => ({ ...document }));

/** The chain of mongoose's queries. */
class SimQuery {
  private order: Readonly<Record<string, 1 | -1>> = {};
  private most = Infinity;

  constructor(private readonly run: () => Promise<SimDocument | SimDocument[] | null>) {}

  sort(order: Readonly<Record<string, 1 | -1>>): this {
    this.order = order;
    return this;
  }

  limit(most: number): this {
    this.most = most;
    return this;
  }

  lean(): this {
    return this;
  }

  async exec(): Promise<SimDocument | SimDocument[] | null> {
    const found = await this.run();
    return Array.isArray(found) ? sorted(found, this.order).slice(0, this.most) : found;
  }
}
