import { Controller, Get } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { allowOrigins, originsSchema } from './cors.js';
import { methodsOf } from './http-methods.js';

@Controller()
class Figures {
  @Get('figures')
  figures(): object {
    return {};
  }
}

const served = async (origins: string): Promise<NestFastifyApplication> => {
  const module = await Test.createTestingModule({ controllers: [Figures] }).compile();
  const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  const methods = methodsOf(app.getHttpAdapter().getInstance());
  await allowOrigins(app, originsSchema.parse(origins));
  await app.init();
  methods.refuseOthers();
  await app.getHttpAdapter().getInstance().ready();
  return app;
};

describe('other origins', () => {
  const page = { origin: 'https://xa.example.gov.vn' };
  const preflight = { ...page, 'access-control-request-method': 'GET' };

  it('may ask where the configuration names them, and learn that by a preflight', async () => {
    const app = await served('https://other.example, https://xa.example.gov.vn');
    const answer = await app.inject({ url: '/figures', headers: page });
    expect(answer.headers['access-control-allow-origin']).toBe(page.origin);
    const { statusCode, headers } = await app.inject({ method: 'OPTIONS', url: '/figures', headers: preflight });
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': page.origin,
      'access-control-allow-methods': 'GET, HEAD, POST',
      allow: expect.stringContaining('GET'),
    });
    await app.close();
  });

  it('may not, by default', async () => {
    const app = await served('');
    for (const method of ['GET', 'OPTIONS'] as const) {
      const { headers } = await app.inject({ method, url: '/figures', headers: preflight });
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
    await app.close();
  });

  it('are origins, not addresses or words', () =>
    expect(
      ['https://a.example/path', 'a.example', 'null'].map((text) => originsSchema.safeParse(text).success),
    ).toEqual([false, false, false]));
});
