import { heardOf, minutesOld, noteAnswer, noteHeard, signOf, watchAnswers } from './freshness';

test('is live only while the stream is open and the service answers', () => {
  noteAnswer('/v1/rollups', 200, 1);
  expect(signOf('live', heardOf())).toBe('live');
  noteAnswer('/v1/rollups', 503, 2);
  expect(signOf('live', heardOf())).toBe('failing');
  expect(signOf('connecting', heardOf())).toBe('failing');
  expect(signOf('lost', heardOf())).toBe('lost');
  noteAnswer('/v1/rollups', 404, 3);
  expect(signOf('live', heardOf())).toBe('live');
  expect(signOf('lost', heardOf())).toBe('lost');
  noteAnswer('/v1/rollups', undefined, 4);
  expect(signOf('live', heardOf())).toBe('failing');
});

test('what fails makes nothing newer; an answer and the stream do', () => {
  noteAnswer('/v1/rollups', 200, 60_000);
  noteAnswer('/v1/rollups', 500, 400_000);
  noteAnswer('/v1/rollups', undefined, 400_000);
  expect(minutesOld(heardOf(), 240_000)).toBe(3);
  noteHeard(235_000);
  expect(minutesOld(heardOf(), 240_000)).toBe(0);
  expect(heardOf().isAnswering).toBe(false);
});

test('tells of a change, and of nothing else', () => {
  noteAnswer('/v1/rollups', 200, 1);
  let told = 0;
  const end = watchAnswers(() => (told += 1));
  noteAnswer('/v1/rollups', 200, 2);
  expect(told).toBe(0);
  noteAnswer('/v1/rollups', 502, 3);
  expect(told).toBe(1);
  end();
  noteAnswer('/v1/rollups', 200, 4);
  expect(told).toBe(1);
});

test('one kind of request that is answered does not hide another that is not, until that is asked no more', () => {
  noteAnswer('/v1/units/01/children', 503, 1_000);
  noteAnswer('/v1/rollups', 200, 2_000);
  expect(heardOf()).toEqual({ isAnswering: false, at: 2_000 });
  noteAnswer('/v1/units/VN/children', 200, 3_000);
  expect(heardOf().isAnswering).toBe(true);
  noteAnswer('/v1/reminders', undefined, 4_000);
  noteAnswer('/v1/rollups', 200, 94_000);
  expect(heardOf().isAnswering).toBe(false);
  noteAnswer('/v1/rollups?unit=01', 200, 94_001);
  expect(heardOf().isAnswering).toBe(true);
});
