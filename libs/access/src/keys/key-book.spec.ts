import { encodeAccessKey, type AccessKey } from '#contracts';
import { makeKey } from './api-key.js';
import { KeyBook } from './key-book.js';

const PEPPER = 'a pepper of thirty-two characters';
const NOW = Date.parse('2026-03-14T00:00:00Z');

const issued = (more: Partial<AccessKey> = {}) => {
  const { id, hash, token } = makeKey(PEPPER);
  const key: AccessKey = {
    v: 1,
    id,
    kind: 'key',
    hash,
    role: 'reporter',
    unit: '00004',
    name: 'Ba Đình',
    issuedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2027-01-01T00:00:00.000Z',
    ...more,
  };
  return { key, token };
};
const bookOf = (...keys: AccessKey[]) => {
  const book = new KeyBook(PEPPER);
  for (const key of keys) book.take(Buffer.from(encodeAccessKey(key).value));
  return book;
};

describe('the book of keys', () => {
  it('knows a key by its token, again and again', () => {
    const { key, token } = issued();
    const book = bookOf(key);
    const principal = { id: key.id, name: 'Ba Đình', kind: 'key', roles: ['reporter'], unit: '00004' };
    expect(book.byToken(token, NOW)).toEqual(principal);
    expect(book.byToken(token, NOW)).toEqual(principal);
  });

  it.each([
    ['another secret', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['another id', (token: string) => token.replace(/_[0-9a-f]{12}_/, '_000000000000_')],
    ['something more', (token: string) => `${token}x`],
    ['the hash for a secret', () => `th_000000000000_${'0'.repeat(64)}`],
  ])('knows nobody by %s', (_what, changed) => {
    const { key, token } = issued();
    expect(bookOf(key).byToken(changed(token), NOW)).toBeUndefined();
  });

  it('lets a key in until it runs out', () => {
    const { key, token } = issued();
    const end = Date.parse(key.expiresAt);
    const book = bookOf(key);
    expect([book.byToken(token, end - 1)?.id, book.byToken(token, end)]).toEqual([key.id, undefined]);
  });

  it('lets a key in no more once it is revoked, and says so to who listens', () => {
    const { key, token } = issued();
    const book = bookOf(key);
    const ended: string[] = [];
    book.onRevoked((id) => ended.push(id));
    expect(book.byToken(token, NOW)).toBeDefined();
    book.take(Buffer.from(encodeAccessKey({ ...key, revokedAt: '2026-03-01T00:00:00.000Z' }).value));
    expect([book.byToken(token, NOW), ended, book.valid()]).toEqual([undefined, [key.id], []]);
  });

  it('is not opened by a record made with another pepper', () => {
    const { hash: _, ...key } = issued().key;
    const stolen = makeKey('another pepper of as many letters');
    const book = bookOf({ ...key, id: stolen.id, hash: stolen.hash });
    expect(book.byToken(stolen.token, NOW)).toBeUndefined();
  });

  it.each([
    ['a role that is none', { role: 'minister' }],
    ['a unit that is none', { unit: '99999' }],
  ])('lets nobody in with %s', (_what, more) => {
    const { key, token } = issued(more);
    expect(bookOf(key).byToken(token, NOW)).toBeUndefined();
  });

  it('knows a client certificate by its fingerprint, and takes none for a key', () => {
    const { key, token } = issued({ kind: 'certificate' });
    const book = bookOf(key);
    expect(book.byCertificate(key.hash, NOW)?.unit).toBe('00004');
    expect(book.byToken(token, NOW)).toBeUndefined();
    expect(book.byCertificate('0'.repeat(64), NOW)).toBeUndefined();
    book.take(Buffer.from(encodeAccessKey({ ...key, revokedAt: '2026-03-01T00:00:00.000Z' }).value));
    expect(book.byCertificate(key.hash, NOW)).toBeUndefined();
  });

  it('passes over what is no record of a key', () => {
    const { key } = issued();
    const book = bookOf(key);
    for (const text of ['', 'null', '{}', '{"v":2}', 'nonsense']) book.take(Buffer.from(text));
    book.take(null);
    expect(book.valid().map(({ id }) => id)).toEqual([key.id]);
  });
});
