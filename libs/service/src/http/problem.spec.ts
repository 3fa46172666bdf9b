import { Controller, Get, NotFoundException } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AppError } from '#domain';
import { pino } from 'pino';
import { ProblemFilter } from './problem.js';

class Away extends AppError {
  readonly code = 'STORE_AWAY';
  readonly retryable = true;
}

const SECRET = 'mongodb://user:password@10.0.0.1/ does not answer';

@Controller()
class Faulty {
  @Get('unexpected')
  unexpected(): never {
    throw new Error(SECRET);
  }
  @Get('unnamed')
  unnamed(): never {
    throw Object.assign(new Error(SECRET), { statusCode: 500 });
  }
  @Get('away')
  away(): never {
    throw new Away('MongoDB is away', {}, { cause: new Error(SECRET) });
  }
  @Get('nowhere')
  nowhere(): never {
    throw new NotFoundException('there is nothing');
  }
}

describe('a problem', () => {
  let app: NestFastifyApplication;
  const logged: string[] = [];
  beforeAll(async () => {
    const module = await Test.createTestingModule({ controllers: [Faulty] }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    const logger = pino({}, { write: (line: string) => logged.push(line) });
    app.useGlobalFilters(new ProblemFilter({ STORE_AWAY: 503 }, logger));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  afterAll(() => app.close());
  const answered = async (url: string) => {
    const { statusCode, headers, body } = await app.inject({ url });
    return { statusCode, type: headers['content-type'], retryAfter: headers['retry-after'], body };
  };

  it.each(['/unexpected', '/unnamed'])(
    'says nothing of what was not expected, and the log says it: %s',
    async (url) => {
      logged.length = 0;
      const { statusCode, type, body } = await answered(url);
      expect([statusCode, type]).toEqual([500, 'application/problem+json']);
      expect(JSON.parse(body)).toMatchObject({
        code: 'INTERNAL_ERROR',
        detail: 'an unexpected fault; the log says more',
      });
      expect(body).not.toContain('password');
      expect(logged.join('')).toContain(SECRET);
    },
  );

  it('of what is away says when to come again, and not why', async () => {
    const { statusCode, retryAfter, body } = await answered('/away');
    expect([statusCode, retryAfter]).toEqual([503, '1']);
    expect(JSON.parse(body)).toMatchObject({ code: 'STORE_AWAY', detail: 'MongoDB is away' });
    expect(body).not.toContain('password');
  });

  it('of what the framework refuses has its status', async () => {
    expect((await answered('/nowhere')).statusCode).toBe(404);
    expect((await answered('/never-made')).statusCode).toBe(404);
  });
});
