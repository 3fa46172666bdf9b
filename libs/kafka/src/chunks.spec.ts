import { tracedFirst } from './chunks.js';

const headers = { traceparent: 'x' };
const record = (topic: string, partition: number, key: string) => ({ topic, partition, key, value: '' });

describe('what led to a portion of records', () => {
  const records = [
    record('a', 0, '1'),
    record('a', 1, '2'),
    record('a', 0, '3'),
    record('b', 0, '4'),
    record('a', 1, '5'),
  ];

  it('stands on the first of each partition', () => {
    const marked = tracedFirst(records, headers).filter((each) => each.headers === headers);
    expect(marked.map(({ key }) => key)).toEqual(['1', '2', '4']);
  });

  it('changes nothing else, and nothing at all where nothing is traced', () => {
    expect(tracedFirst(records, headers).map(({ headers: _, ...each }) => each)).toEqual(records);
    expect(tracedFirst(records, undefined)).toBe(records);
  });
});
