import { isRefusal } from '#domain';
import { anEvent } from '../../../test/kit/builders.js';
import { judgeEvent } from './event-record.js';
import { refusedEvent } from './refused-event.js';

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const inKafka = { topic: 't', partition: 0, offset: '7' };

describe('the event of a refusal', () => {
  const event = anEvent({ time: '2026-03-14T16:30:00+07:00' });
  const { data, datacontenttype, ...attributes } = event;
  const binary = (prefix: string, encode: (text: string) => string = String) => ({
    raw: base64(JSON.stringify(data)),
    headers: [
      ['Content-Type', base64(String(datacontenttype))],
      ...Object.entries(attributes).map(([name, value]) => [prefix + name, base64(encode(String(value)))] as const),
    ] as [string, string][],
  });

  it('is its bytes where it came structured, whatever stands beside it', () => {
    const raw = base64(JSON.stringify(event));
    expect(String(refusedEvent({ origin: 'http' }, { raw }))).toBe(JSON.stringify(event));
    const headers: [string, string][] = [
      ['content-type', base64('application/cloudevents+json')],
      ['ce_id', base64('another')],
    ];
    expect(String(refusedEvent({ origin: inKafka }, { raw, headers }))).toBe(JSON.stringify(event));
  });

  it('is put together where its attributes came in headers, decoded as the way that it came demands', () => {
    const overHttp = refusedEvent({ origin: 'http' }, binary('ce-', encodeURIComponent));
    const overKafka = refusedEvent({ origin: inKafka }, binary('ce_'));
    for (const bytes of [overHttp, overKafka]) {
      expect(JSON.parse(String(bytes))).toEqual(event);
      expect(isRefusal(judgeEvent(bytes as Buffer, '00004', Date.now()))).toBe(false);
    }
  });

  it('is none where less than the whole was kept, or its headers make none', () => {
    const whole = binary('ce_');
    expect(refusedEvent({ origin: inKafka, rawBytes: 70_000 }, whole)).toBeUndefined();
    expect(refusedEvent({ origin: inKafka, headersLeftOut: 1 }, whole)).toBeUndefined();
    const twice = { ...whole, headers: [...whole.headers, whole.headers[1]] };
    expect(refusedEvent({ origin: inKafka }, twice)).toBeUndefined();
  });
});
