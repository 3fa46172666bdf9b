import { isRefusal, MAX_EVENT_BYTES } from '#domain';
import { anEvent } from '../../../test/kit/builders.js';
import { judgeEvent } from './event-record.js';
import { topicForm } from './topic-form.js';

const RECEIVED = Date.UTC(2026, 5, 1);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const formOf = (event: string) => topicForm(Buffer.from(event)).toString();
/** An event whose data is this text, in base64. */
const packed = (data: string, more: object = {}) =>
  JSON.stringify({ ...anEvent(), data: undefined, data_base64: base64(data), ...more });

describe('an event as it stands in the topic', () => {
  const data = '{"unit":"00004","indicator":"c","period":"2026-03","revision":1.0,"numerator":12,"denominator":3e1}';

  it('is the bytes that were sent, spaces and all', () => {
    const sent = Buffer.from(` ${JSON.stringify(anEvent(), undefined, 2)}\n`);
    expect(topicForm(sent)).toBe(sent);
  });

  it('has no byte order mark', () => expect(formOf('\ufeff{"a":1}')).toBe('{"a":1}'));

  it('has its data under `data`, to the letter', () => {
    const form = formOf(packed(`\ufeff ${data}\n`));
    expect(form).toContain(`,"data":${data}}`);
    expect(JSON.parse(form)).toEqual({ ...anEvent(), data: JSON.parse(data) as unknown });
  });

  it('says what was sent, also where the name was written with escapes', () => {
    const sent = packed(data).replace('data_base64', '\\u0064ata_base64');
    const form = topicForm(Buffer.from(sent));
    expect(JSON.parse(form.toString())).not.toHaveProperty('data_base64');
    const judged = judgeEvent(Buffer.from(sent), '00004', RECEIVED);
    expect([isRefusal(judged), judgeEvent(form, '00004', RECEIVED)]).toEqual([false, judged]);
  });

  it('keeps other attributes, one that is only called like it too', () => {
    const sent = JSON.stringify({ ...anEvent(), note: 'data_base64' });
    expect(formOf(sent)).toBe(sent);
    expect(JSON.parse(formOf(packed(data, { note: 'kept' })))).toMatchObject({ note: 'kept' });
  });

  it('stays as it was sent where it would be longer than an event may be', () => {
    // 1e20 is written out with 21 digits.
    const numbers = (length: number) => Array<number>(length).fill(1e20);
    const sent = packed(data, { numbers: numbers(3_000) }).replaceAll('100000000000000000000', '1e20');
    expect(sent.length).toBeLessThan(MAX_EVENT_BYTES);
    expect(formOf(sent)).toBe(sent);
  });
});
