/**
 * What both HTTP services share: errors as problem+json (RFC 9457), health, metrics and the API's description.
 */
import {
  Catch,
  Controller,
  Get,
  Header,
  HttpException,
  Inject,
  Res,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, register } from 'prom-client';
import { AppError } from '#domain';
import type { Logger } from './logging.js';

/** HTTP statuses by an error's code; an error that is not named is the server's fault. */
export type StatusOf = Readonly<Record<string, number>>;

const RETRY_AFTER_SECONDS = '1';
const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Content too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  503: 'Service unavailable',
};

/** Sends a problem; as bytes, because to text Fastify adds a charset that the media type does not have. */
export const sendProblem = (reply: FastifyReply, problem: { readonly status: number }): FastifyReply =>
  reply
    .status(problem.status)
    .header('content-type', 'application/problem+json')
    .send(Buffer.from(JSON.stringify(problem)));

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly statusOf: StatusOf,
    private readonly logger: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { status, code, detail } = this.describe(error);
    if (status >= 500) this.logger.error({ err: error, code }, 'request failed');
    const problem = { type: 'about:blank', title: titles[status] ?? 'Internal server error', status, code, detail };
    if (status === 429 || status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
    sendProblem(reply, problem);
  }

  private describe(error: unknown): { status: number; code: string; detail: string } {
    if (error instanceof AppError) {
      return { status: this.statusOf[error.code] ?? 500, code: error.code, detail: error.message };
    }
    const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
    const status = error instanceof HttpException ? error.getStatus() : (statusCode ?? 500);
    const detail = status < 500 ? (message ?? '') : 'an unexpected fault; the log says more';
    return { status, code: code ?? `HTTP_${status}`, detail };
  }
}

export const READINESS = Symbol('Readiness');
/** Names of what a service needs, each with whether it answers now. */
export type Readiness = () => Promise<Readonly<Record<string, boolean>>>;

@Controller()
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {
    // Looking at the event loop every 10 ms, as is usual, would keep an idle process awake.
    if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined)
      collectDefaultMetrics({ eventLoopMonitoringPrecision: 100 });
  }

  @Get('healthz')
  health(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const parts = await this.readiness();
    const isReady = Object.values(parts).every(Boolean);
    await reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', parts });
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return register.metrics();
  }
}

/** Serves the API's description at /docs (and /docs-json). */
export const describeApi = (app: NestFastifyApplication, title: string, description: string): void => {
  const config = new DocumentBuilder().setTitle(title).setDescription(description).setVersion('1').build();
  SwaggerModule.setup('docs', app, SwaggerModule.createDocument(app, config), { customSiteTitle: title });
};

/** Whether something answers within a second. */
export const answers = async (probe: () => Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), 1_000);
  });
  try {
    return await Promise.race([
      probe().then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
};
