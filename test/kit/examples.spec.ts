import { cutAnswer, ExampleValues } from './examples.js';

const at = '2026-04-20T02:00:00.000Z';
const later = '2026-04-20T02:00:01.000Z';
const real = '2026-11-29T17:00:00.123Z';

describe('an example', () => {
  it.each([
    [{ n: 1, items: ['a'] }, { n: 1, items: ['a'] }, 0],
    [{ n: 1 }, { n: 2 }, 1],
    [{ n: 1 }, { n: 1, more: 1 }, 1],
    [{ n: 1, more: 1 }, { n: 1 }, 1],
    [{ items: ['a', 'b'] }, { items: ['a'] }, 1],
    [{ items: ['a'] }, { items: ['b'] }, 1],
    [{ items: [] }, { items: {} }, 1],
    [{ n: null }, { n: {} }, 1],
    [{ deadline: at }, { deadline: real }, 1],
    [{ updatedAt: at }, { updatedAt: real }, 0],
    [{ updatedAt: at }, { updatedAt: 'yesterday' }, 1],
    [{ updatedAt: at }, { updatedAt: null }, 1],
  ])('%j is held against %j: %d differences', (example, answer, count) =>
    expect(new ExampleValues().differences(example, answer)).toHaveLength(count),
  );

  it('has one real value for each value that differs from run to run, and what is asked next has it too', () => {
    const values = new ExampleValues(['event-1']);
    expect(values.differences({ cutOff: at }, { cutOff: real })).toEqual([]);
    expect(values.differences({ cutOff: at, id: 'event-1' }, { cutOff: later, id: 'event-2' })).toEqual([
      `/cutOff is "${later}", not "${at}"`,
      '/id is "event-2", not "event-1"',
    ]);
    expect(values.real({ lock: [{ cutOff: at }], n: 1 })).toEqual({ lock: [{ cutOff: real }], n: 1 });
  });

  it('learns nothing of an answer that is another', () => {
    const values = new ExampleValues();
    expect(values.differences({ cutOff: at, n: 1 }, { cutOff: real, n: 2 })).toHaveLength(1);
    expect(values.real(at)).toBe(at);
  });

  it('may show the beginning of lists and maps', () =>
    expect(
      cutAnswer(
        {
          months: [
            { n: 1, cells: [1, 2] },
            { n: 2, cells: [3] },
          ],
          targets: { a: 1, b: 2 },
        },
        { months: 1, 'months.cells': 1, targets: 1 },
      ),
    ).toEqual({ months: [{ n: 1, cells: [1] }], targets: { a: 1 } }));
});
