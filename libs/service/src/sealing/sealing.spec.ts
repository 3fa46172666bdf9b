import { randomBytes } from 'node:crypto';
import { decodeRejected, rejectedUnit, rejectionAbout, rejectionRecord, type RejectedEvent } from '#contracts';
import { refused } from '#domain';
import type { OutRecord } from '#kafka';
import { anEvent } from '../../../../test/kit/builders.js';
import { sha256 } from '../sha256.js';
import { destroyBefore, firstKeptMonth, keyOf, newDataKey } from './data-keys.js';
import { openBytes, sealBytes } from './envelope.js';
import { Sealer } from './sealer.js';
import { EXAMPLE_SEALING_KEY, sealingKeyOf } from './sealing.config.js';

const now = Date.parse('2026-11-28T12:00:00Z');
const sealingKey = randomBytes(32);
const aSealer = () => {
  const sent: OutRecord[] = [];
  const sealer = new Sealer({ sealingKey, topic: 'keys', months: 6, now: () => now });
  const prepare = (at: number) =>
    sealer.prepare([at], (records) => {
      sent.push(...records);
      return Promise.resolve();
    });
  return { sealer, sent, prepare };
};
const NAME = 'Nguyễn Văn Xoan';
const event = JSON.stringify(anEvent({ data: { unit: '00008', note: NAME } }));
const rejectedBy = ({ seal }: Sealer, receivedAt = now): RejectedEvent => {
  const headers = [['ce_by', Buffer.from(NAME)]] as const;
  const received = { origin: 'http', receivedAt, bytes: Buffer.from(event), key: '00004', headers } as const;
  const { value } = rejectionRecord(refused('SCHEMA', '/data', 'x'), received, sha256, seal);
  return decodeRejected(value) as RejectedEvent;
};
const opened = (rejected: RejectedEvent, sent: readonly OutRecord[], with_ = sealingKey) => {
  const held = sent.find(({ key }) => key === rejected.sealed);
  const key = held && keyOf(with_, String(held.key), String(held.value));
  return key && openBytes(key.key, Buffer.from(rejected.raw, 'base64'), rejectionAbout(rejected))?.toString();
};

describe('the bytes of a refused event', () => {
  it('are sealed with its headers, and say neither in the clear', async () => {
    const { sealer, sent, prepare } = aSealer();
    await prepare(now);
    const rejected = rejectedBy(sealer);
    const text = JSON.stringify(rejected) + Buffer.from(rejected.raw, 'base64').toString('latin1');
    for (const secret of [
      NAME,
      Buffer.from(NAME).toString('base64'),
      Buffer.from(event).toString('base64').slice(0, 40),
    ])
      expect(text).not.toContain(secret);
    const content = JSON.parse(opened(rejected, sent) ?? '{}') as { raw: string; headers: [string, string][] };
    expect(Buffer.from(content.raw, 'base64').toString()).toBe(event);
    expect(Buffer.from(content.headers[0][1], 'base64').toString()).toBe(NAME);
    expect(rejected.sealed).toMatch(/^2026-11\/[0-9a-f-]{36}$/);
  });

  it('still say whose event it is', async () => {
    const { sealer, prepare } = aSealer();
    await prepare(now);
    expect(rejectedUnit(rejectedBy(sealer), Buffer.from('00004'))).toBe('00008');
  });

  it('open with nothing else: another sealing key, code or place, altered bytes', async () => {
    const { sealer, sent, prepare } = aSealer();
    await prepare(now);
    const rejected = rejectedBy(sealer);
    const altered = Buffer.from(rejected.raw, 'base64');
    altered[20] ^= 1;
    expect(opened(rejected, sent)).toBeDefined();
    expect(opened(rejected, sent, randomBytes(32))).toBeUndefined();
    expect(opened({ ...rejected, code: 'TOO_LARGE' }, sent)).toBeUndefined();
    expect(opened({ ...rejected, origin: { topic: 't', partition: 0, offset: '0' } }, sent)).toBeUndefined();
    expect(opened({ ...rejected, raw: altered.toString('base64') }, sent)).toBeUndefined();
  });

  it('are gone at once where they were received longer ago than bytes are kept', async () => {
    const { sealer, sent, prepare } = aSealer();
    const long = Date.parse('2026-04-30T23:59:59Z');
    await prepare(long);
    expect(sent).toEqual([]);
    expect(opened(rejectedBy(sealer, long), sent)).toBeUndefined();
    await prepare(Date.parse('2026-05-01T00:00:00Z'));
    expect(sent).toHaveLength(1);
  });

  it('are sealed with one key a month, kept by Kafka before it is used', async () => {
    const { sealer, sent, prepare } = aSealer();
    expect(() => rejectedBy(sealer)).toThrow('no data key');
    await expect(sealer.prepare([now], () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(() => rejectedBy(sealer)).toThrow('no data key');
    await prepare(now);
    await prepare(now - 86_400_000);
    expect(sent).toHaveLength(1);
    expect(String(sent[0].value)).not.toContain(sealingKey.toString('base64'));
  });
});

describe('data keys', () => {
  it('are destroyed by month', () => {
    expect(firstKeptMonth(now, 6)).toBe('2026-05');
    expect(firstKeptMonth(Date.parse('2026-03-01T00:00:00Z'), 6)).toBe('2025-09');
    const ids = ['2026-04', '2026-05', '2026-11'].map((month) => newDataKey(month).id);
    expect(destroyBefore('keys', ids, '2026-05').map(({ key, value }) => [key, value])).toEqual([[ids[0], null]]);
  });

  it('seal the same bytes differently each time', () => {
    const seals = Array.from({ length: 3 }, () => sealBytes(sealingKey, Buffer.from(NAME), 'x').toString('base64'));
    expect(new Set(seals).size).toBe(3);
  });
});

describe('the sealing key', () => {
  const of = (env: object) => sealingKeyOf({ SEALED_RAW_MONTHS: 6, ...env });
  const production = { NODE_ENV: 'production' };
  const own = sealingKey.toString('base64');

  it('is asked for in production, and the example refused there', () => {
    expect(of({})).toBeUndefined();
    expect(of({ SEALING_KEY: EXAMPLE_SEALING_KEY })).toHaveLength(32);
    expect(() => of(production)).toThrow('required');
    expect(() => of({ ...production, SEALING_KEY: EXAMPLE_SEALING_KEY })).toThrow('example');
    expect(of({ ...production, SEALING_KEY: own })).toEqual(sealingKey);
  });

  it.each(['x', own.slice(1), `${own}A`, `${own} `])('is 32 bytes in base64, not %j', (text) =>
    expect(() => of({ SEALING_KEY: text })).toThrow('32 bytes'),
  );
});
