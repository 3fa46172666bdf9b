import type { FastifyReply, FastifyRequest } from 'fastify';
import { FigureAnswers, isNamed, tagOf } from './conditional.js';

describe('a conditional request', () => {
  const tag = tagOf('text');

  it.each([tag, tag.slice(2), `"other", ${tag}`, '*'])(
    'that names %s is from somebody who has the answer already',
    (header) => expect(isNamed(header, tag)).toBe(true),
  );
  it.each([undefined, '', '"other"', tagOf('other text'), tag.slice(3, -1)])(
    'that names %s is from somebody who has it not',
    (header) => expect(isNamed(header, tag)).toBe(false),
  );
});

test('a sum beyond 2^53 is sent to its last unit', async () => {
  const sent: string[] = [];
  const reply = {
    header: () => reply,
    type: () => reply,
    send: (text: string) => {
      sent.push(text);
      return reply;
    },
  };
  const request = { url: '/v1/rollups', headers: {} } as FastifyRequest;
  const answer = { value: 9_007_199_254_740_993n };
  await new FigureAnswers().send(request, reply as unknown as FastifyReply, () => Promise.resolve(answer));
  expect(sent).toEqual(['{"value":9007199254740993}']);
});
