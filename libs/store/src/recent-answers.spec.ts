import { RecentAnswers } from './recent-answers.js';

const counting = () => {
  const asked: string[] = [];
  const answers = new RecentAnswers<string>(2);
  const ask = (question: string) =>
    answers.get(question, () => {
      asked.push(question);
      return Promise.resolve(`${question}!`);
    });
  return { asked, ask };
};

test('a question is looked into once, by however many it is asked', async () => {
  const { asked, ask } = counting();
  expect(await Promise.all([ask('a'), ask('a')])).toEqual(['a!', 'a!']);
  await ask('a');
  expect(asked).toEqual(['a']);
});

test('the one that was asked for longest ago is forgotten first', async () => {
  const { asked, ask } = counting();
  for (const question of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(question);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});

test('an error is no answer', async () => {
  const answers = new RecentAnswers<string>(2);
  await expect(answers.get('a', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await answers.get('a', () => Promise.resolve('there'))).toBe('there');
});
