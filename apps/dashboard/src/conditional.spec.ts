import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FigureAnswers, FRESH_MS, isNamed, tagOf, wantsNewest } from './conditional.js';
import { HELD_MS } from './live-source.js';

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
  let figure: bigint;
  beforeEach(() => (figure = 9_007_199_254_740_992n));

  const sending = (noted?: Promise<void>, headers: FastifyRequest['headers'] = {}, answers = new FigureAnswers()) => {
    const sent: string[] = [];
    const reply = {
      header: () => reply,
      type: () => reply,
      send: (bytes: Buffer) => {
        sent.push(bytes.toString());
        return reply;
      },
    } as unknown as FastifyReply;
    const request = { url: '/v1/rollups', headers, noted } as FastifyRequest;
    const make = () => Promise.resolve({ value: (figure += 1n) });
    return { sent, done: answers.send(request, reply, make) };
  };

  it('are sent to their last unit beyond 2^53', async () => {
    const { sent, done } = sending();
    await done;
    expect(sent).toEqual(['{"value":9007199254740993}']);
  });

  it('are those that were read just before, unless the caller wants the newest', async () => {
    const answers = new FigureAnswers();
    const headers = [{}, {}, { 'cache-control': 'no-cache' }, {}];
    const all: string[] = [];
    for (const header of headers) {
      const { sent, done } = sending(undefined, header, answers);
      await done;
      all.push(...sent);
    }
    const [first, newest] = ['{"value":9007199254740993}', '{"value":9007199254740994}'];
    expect(all).toEqual([first, first, newest, newest]);
  });

  it('are no older than the stream begins with', () => expect(FRESH_MS).toBeLessThan(HELD_MS / 2));

  it.each(['no-cache', 'max-age=0', 'NO-CACHE', 'max-stale, max-age=0', 'no-store,no-cache'])(
    'are read anew for "%s"',
    (header) => expect(wantsNewest(header)).toBe(true),
  );
  it.each([undefined, '', 'max-age=60', 'max-age=05', 'only-if-cached', 'x-no-cache'])(
    'may be a quarter of a second old for "%s"',
    (header) => expect(wantsNewest(header)).toBe(false),
  );

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
