import { setImmediate as nextTurn } from 'node:timers/promises';
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

describe('figures that are answered', () => {
  const sending = (noted?: Promise<void>) => {
    const sent: string[] = [];
    const reply = {
      header: () => reply,
      type: () => reply,
      send: (text: string) => {
        sent.push(text);
        return reply;
      },
    } as unknown as FastifyReply;
    const request = { url: '/v1/rollups', headers: {}, noted } as FastifyRequest;
    const answer = { value: 9_007_199_254_740_993n };
    return { sent, done: new FigureAnswers().send(request, reply, () => Promise.resolve(answer)) };
  };

  it('are sent to their last unit beyond 2^53', async () => {
    const { sent, done } = sending();
    await done;
    expect(sent).toEqual(['{"value":9007199254740993}']);
  });

  it('wait until they are noted in the audit trail, and are not sent where that fails', async () => {
    let isNoted = () => undefined as void;
    const { sent, done } = sending(new Promise((resolve) => (isNoted = resolve)));
    await nextTurn();
    expect(sent).toEqual([]);
    isNoted();
    await done;
    expect(sent).toHaveLength(1);
    const refused = sending(Promise.reject(new Error('no log')));
    await expect(refused.done).rejects.toThrow('no log');
    expect(refused.sent).toEqual([]);
  });
});
