import { randomBytes } from 'node:crypto';
import { needed, testDatabase } from '../../../test/kit/installation.js';
import { connectStore, type Connection } from './connect.js';
import { KeptDocuments } from './kept-documents.js';
import { windowModel, type WindowDocument } from './schemas.js';

describe('documents that are kept', () => {
  let connection: Connection;
  let parsed: string[] = [];
  let now = 0;
  const kept = (most = 10) =>
    new KeptDocuments<WindowDocument, string>({
      fields: ['items'],
      parse: ({ _id, items }) => {
        parsed.push(_id);
        return items;
      },
      most,
      now: () => now,
    });
  const write = (id: string, version: number, items: string, generation = 1) =>
    windowModel(connection, generation).collection.updateOne(
      { _id: id as never },
      { $set: { version, items } },
      { upsert: true },
    );
  const read = async (documents: KeptDocuments<WindowDocument, string>, ids: string[], generation = 1) => {
    parsed = [];
    return Object.fromEntries(await documents.read(windowModel(connection, generation), ids));
  };

  beforeAll(async () => {
    connection = await connectStore({
      MONGODB_URI: testDatabase(needed('MONGODB_URI'), `k${randomBytes(4).toString('hex')}`),
    });
  });
  beforeEach(async () => {
    now = 0;
    await write('a', 1, 'a1');
    await write('b', 1, 'b1');
  });
  afterAll(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  it('are read again where their version is another one, and only those', async () => {
    const documents = kept();
    expect(await read(documents, ['a', 'b', 'none'])).toEqual({ a: 'a1', b: 'b1' });
    await write('b', 2, 'b2');
    expect(await read(documents, ['a', 'b', 'none'])).toEqual({ a: 'a1', b: 'b2' });
    expect(parsed).toEqual(['b']);
    await write('none', 1, 'new');
    expect(await read(documents, ['a', 'none'])).toEqual({ a: 'a1', none: 'new' });
    await windowModel(connection, 1).collection.deleteOne({ _id: 'none' as never });
    expect(await read(documents, ['a', 'none'])).toEqual({ a: 'a1' });
  });

  it('under the same version are read again after five seconds', async () => {
    const documents = kept();
    await read(documents, ['a']);
    await write('a', 1, 'repaired');
    now = 4_999;
    expect(await read(documents, ['a'])).toEqual({ a: 'a1' });
    now = 5_000;
    expect(await read(documents, ['a'])).toEqual({ a: 'repaired' });
  });

  it('that were read together are read again one after the other', async () => {
    const documents = kept();
    await read(documents, ['a', 'b']);
    now = 3_749;
    await read(documents, ['a', 'b']);
    expect(parsed).toEqual([]);
    now = 3_750;
    await read(documents, ['a', 'b']);
    const [sooner] = parsed;
    expect(parsed).toEqual([sooner]);
    now = 5_000;
    await read(documents, ['a', 'b']);
    expect(parsed).toEqual(['a', 'b'].filter((id) => id !== sooner));
  });

  it('of another generation are others', async () => {
    const documents = kept();
    await read(documents, ['a']);
    await write('a', 1, 'other', 2);
    expect(await read(documents, ['a'], 2)).toEqual({ a: 'other' });
    expect(await read(documents, ['a'], 1)).toEqual({ a: 'a1' });
  });

  it('are so many at most: those that were not asked for the longest go first', async () => {
    const documents = kept(2);
    await read(documents, ['a']);
    await read(documents, ['b']);
    await read(documents, ['a']);
    await write('c', 1, 'c1');
    await read(documents, ['c']);
    await read(documents, ['a', 'b', 'c']);
    expect(parsed).toEqual(['b']);
  });
});
