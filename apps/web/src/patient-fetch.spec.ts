import { patientFetch, waitAsked } from './patient-fetch';

describe('a request of the page', () => {
  const waited: number[] = [];
  const wait = (ms: number): Promise<void> => {
    waited.push(ms);
    return Promise.resolve();
  };
  const answering = (...answers: [number, string?][]) =>
    jest.spyOn(globalThis, 'fetch').mockImplementation(() => {
      const [status, after] = (answers.length > 1 ? answers.shift() : answers[0]) as [number, string?];
      return Promise.resolve(
        new Response('', { status, headers: after === undefined ? {} : { 'retry-after': after } }),
      );
    });
  const asking = (init: RequestInit = {}) => new Request('http://page.example.vn/v1/units', init);
  beforeEach(() => waited.splice(0));
  afterEach(() => jest.restoreAllMocks());

  it('waits as long as it is told, and asks again', async () => {
    const asked = answering([429, '3'], [429, '1'], [200]);
    expect((await patientFetch(asking(), wait)).status).toBe(200);
    expect([waited, asked.mock.calls.length]).toEqual([[3000, 1000], 3]);
  });

  it('sends the body each time', async () => {
    const asked = answering([429, '1'], [200]);
    await patientFetch(asking({ method: 'POST', body: '{}' }), wait);
    const bodies = await Promise.all(asked.mock.calls.map(([request]) => (request as Request).text()));
    expect(bodies).toEqual(['{}', '{}']);
  });

  it('does not wait without end, nor for any other answer', async () => {
    answering([429, '1']);
    expect((await patientFetch(asking(), wait)).status).toBe(429);
    expect(waited).toHaveLength(5);
    answering([503, '1']);
    expect((await patientFetch(asking(), wait)).status).toBe(503);
    expect(waited).toHaveLength(5);
  });

  it('ends its waiting when nobody waits for it', async () => {
    answering([429, '30']);
    const ending = new AbortController();
    const asked = patientFetch(asking({ signal: ending.signal }));
    setTimeout(() => ending.abort(), 20);
    await expect(asked).rejects.toThrow('abort');
  });

  it.each([
    ['5', 5000],
    ['900', 30_000],
    [null, 1000],
    ['soon', 1000],
    ['-1', 1000],
  ])('takes Retry-After: %s for %d ms', (header, ms) => expect(waitAsked(header)).toBe(ms));
});
