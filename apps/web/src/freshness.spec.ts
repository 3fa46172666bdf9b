import { heardOf, minutesOld, noteAnswer, noteHeard, signOf, watchAnswers } from './freshness';

test('is live only while the stream is open and the service answers', () => {
  noteAnswer(200, 1);
  expect(signOf('live', heardOf())).toBe('live');
  noteAnswer(503, 2);
  expect(signOf('live', heardOf())).toBe('failing');
  expect(signOf('connecting', heardOf())).toBe('failing');
  expect(signOf('lost', heardOf())).toBe('lost');
  noteAnswer(404, 3);
  expect(signOf('live', heardOf())).toBe('live');
  expect(signOf('lost', heardOf())).toBe('lost');
  noteAnswer(undefined, 4);
  expect(signOf('live', heardOf())).toBe('failing');
});

test('what fails makes nothing newer; an answer and the stream do', () => {
  noteAnswer(200, 60_000);
  noteAnswer(500, 400_000);
  noteAnswer(undefined, 400_000);
  expect(minutesOld(heardOf(), 240_000)).toBe(3);
  noteHeard(235_000);
  expect(minutesOld(heardOf(), 240_000)).toBe(0);
  expect(heardOf().isAnswering).toBe(false);
});

test('tells of a change, and of nothing else', () => {
  noteAnswer(200, 1);
  let told = 0;
  const end = watchAnswers(() => (told += 1));
  noteAnswer(200, 2);
  expect(told).toBe(0);
  noteAnswer(502, 3);
  expect(told).toBe(1);
  end();
  noteAnswer(200, 4);
  expect(told).toBe(1);
});
