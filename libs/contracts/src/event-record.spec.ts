import { isRefusal } from '#domain';
import { anEvent } from '../../../test/kit/builders.js';
import { judgeEvent, judgeRecord, type EventRecord } from './event-record.js';

const timestamp = String(Date.parse('2026-06-01T00:00:00Z'));
const { data, datacontenttype: _type, ...attributes } = anEvent();
const ce = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`ce_${name}`, String(value)]));

const judged = (record: Partial<EventRecord>) => {
  const outcome = judgeRecord({
    key: Buffer.from('00004'),
    value: Buffer.from(JSON.stringify(data)),
    timestamp,
    ...record,
  });
  return isRefusal(outcome) ? `${outcome.code} ${outcome.pointer}` : `accepted ${outcome.id}`;
};
const structured = Buffer.from(JSON.stringify(anEvent()));

describe('a record of the event topic', () => {
  it.each([
    ['binary mode without a content type', { headers: ce }, 'accepted event-1'],
    [
      'binary mode beside a trace',
      { headers: { ...ce, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } },
      'accepted event-1',
    ],
    ['binary mode of a JSON type', { headers: { 'content-type': 'application/x+json', ...ce } }, 'accepted event-1'],
    ['an id beyond ASCII', { headers: { ...ce, ce_id: Buffer.from('một') } }, 'accepted một'],
    ['percent signs, which mean themselves over Kafka', { headers: { ...ce, ce_id: '%41' } }, 'accepted %41'],
    [
      'structured mode beside ce_ headers',
      {
        value: structured,
        headers: { ...ce, ce_id: 'x', 'content-type': 'application/cloudevents+json; charset=utf-8' },
      },
      'accepted event-1',
    ],
    [
      'structured mode with a content type of its own',
      { value: structured, headers: { 'content-type': 'x' } },
      'accepted event-1',
    ],
    [
      'a header that names a person',
      { value: structured, headers: { operator: 'Nguyễn Văn Xoan', traceparent: 'x' } },
      'PERSONAL_DATA ',
    ],
    ['data of another type', { headers: { ...ce, 'content-type': 'application/avro' } }, 'MALFORMED_JSON /data'],
    ['a header that is not UTF-8', { headers: { ...ce, ce_id: Buffer.from([0xff]) } }, 'NOT_CLOUDEVENT /id'],
    ['a header that comes twice', { headers: { ...ce, ce_id: ['a', 'a'] } }, 'NOT_CLOUDEVENT /id'],
    ['ce_data', { headers: { ...ce, ce_data: '{}' } }, 'NOT_CLOUDEVENT '],
    ['no id', { headers: { ...ce, ce_id: undefined } }, 'NOT_CLOUDEVENT /id'],
    ['no value', { headers: ce, value: null }, 'SCHEMA /data'],
    ['another key', { headers: ce, key: Buffer.from('00008') }, 'SOURCE_MISMATCH /data/unit'],
    ['headers that are too large', { headers: { ...ce, ce_more: 'x'.repeat(65_536) } }, 'TOO_LARGE '],
    ['nothing at all', { value: null }, 'MALFORMED_JSON '],
  ] as [string, Partial<EventRecord>, string][])('with %s', (_what, record, outcome) =>
    expect(judged(record)).toBe(outcome),
  );

  it.each([
    [Buffer.alloc(0), 'nothing'],
    [Buffer.from([0x1f, 0x8b, 0x08]), 'gzip'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'UTF-16'],
    [Buffer.from('{}', 'utf16le'), 'UTF-16'],
    [Buffer.from('{"id":"caf\u00e9"}', 'latin1'), 'UTF-8'],
    [Buffer.from('\ufeff\ufeff{}'), 'byte order mark'],
    [Buffer.from('[{}]'), 'batch'],
    [Buffer.from('7'), 'not one object'],
    [Buffer.from('{"a":1'), 'JSON'],
    [Buffer.from('Nguyễn Văn A;12'), 'not JSON'],
  ])('that cannot be read says why in the terms of its sender: %s', (bytes, word) => {
    const outcome = judgeEvent(bytes, undefined, 0);
    expect(outcome).toMatchObject({ code: 'MALFORMED_JSON' });
    expect((outcome as { detail: string }).detail).toContain(word);
    expect((outcome as { detail: string }).detail).not.toContain('Nguyễn');
  });
});
