import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { anEvent } from '../../../test/kit/builders.js';
import { anIntake } from '../../../test/kit/intake.js';

const single = 'application/cloudevents+json';
const problem = 'application/problem+json';

describe('the intake over HTTP', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    ({ app } = await anIntake());
  });
  afterAll(() => app.close());

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'] as const)(
    'answers %s on events with what is allowed',
    async (method) => {
      const { statusCode, headers } = await app.inject({ method, url: '/v1/events' });
      expect([statusCode, headers.allow, headers['content-type']]).toEqual([405, 'POST, OPTIONS', problem]);
    },
  );

  it.each(['/', '/v1', '/v1/events/1', '/v1/%00'])('answers %s, which is nowhere, with a problem', async (url) => {
    const { statusCode, headers } = await app.inject({ method: 'GET', url });
    expect([statusCode, headers['content-type']]).toEqual([404, problem]);
  });

  it('takes an event', async () => {
    const headers = { 'content-type': single };
    const { statusCode } = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers,
      payload: JSON.stringify(anEvent()),
    });
    expect(statusCode).toBe(202);
  });
});
