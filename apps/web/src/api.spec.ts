import { answerOf, ApiError } from './api';

describe('what the service answers', () => {
  const answered = (status: number, said: { data?: object; error?: unknown }) =>
    answerOf(Promise.resolve({ ...said, response: new Response(null, { status }) }));
  const thrown = (status: number, error: unknown) => answered(status, { error }).catch((fault: unknown) => fault);

  it('is handed on; nothing where nothing is said', async () => {
    expect(await answered(200, { data: { items: [] } })).toEqual({ items: [] });
    expect(await answered(204, {})).toBeUndefined();
  });

  it('is an error by its own words where it is a problem, with what else it says', async () => {
    const problem = { status: 409, title: 'Conflict', code: 'REPORT_CHANGED', detail: 'look again', rejected: [1] };
    const fault = await thrown(409, problem);
    expect(fault).toBeInstanceOf(ApiError);
    expect(fault).toMatchObject({ status: 409, code: 'REPORT_CHANGED', message: 'look again', problem });
  });

  it.each([['<html>Bad gateway</html>'], [undefined], [null], ['']])(
    'is an error by its status where something else answers: %p',
    async (said) => {
      expect(await thrown(502, said)).toMatchObject({ status: 502, code: '', message: 'HTTP 502', problem: {} });
    },
  );
});
