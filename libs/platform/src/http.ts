/**
 * What both HTTP services share: health and metrics.
 */
import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, register } from 'prom-client';

export const READINESS = Symbol('Readiness');
/** Names of what a service needs, each with whether it answers now. */
export type Readiness = () => Promise<Readonly<Record<string, boolean>>>;

const readinessSchema = {
  type: 'object',
  required: ['status', 'parts'],
  properties: {
    status: { type: 'string', enum: ['ok', 'unavailable'] },
    parts: { type: 'object', description: 'What the service needs', additionalProperties: { type: 'boolean' } },
  },
};
const healthSchema = {
  type: 'object',
  required: ['status'],
  properties: { status: { type: 'string', enum: ['ok'] } },
};

@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(@Inject(READINESS) private readonly readiness: Readiness) {
    // Looking at the event loop every 10 ms, as is usual, would keep an idle process awake.
    if (register.getSingleMetric('process_cpu_user_seconds_total') === undefined)
      collectDefaultMetrics({ eventLoopMonitoringPrecision: 100 });
  }

  @Get('healthz')
  @ApiOperation({ summary: 'Whether the process runs' })
  @ApiResponse({ status: 200, description: 'It does', content: { 'application/json': { schema: healthSchema } } })
  health(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @ApiOperation({ summary: 'Whether the service can do its work now' })
  @ApiResponse({ status: 200, description: 'It can', content: { 'application/json': { schema: readinessSchema } } })
  @ApiResponse({ status: 503, description: 'It cannot', content: { 'application/json': { schema: readinessSchema } } })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const parts = await this.readiness();
    const isReady = Object.values(parts).every(Boolean);
    await reply.status(isReady ? 200 : 503).send({ status: isReady ? 'ok' : 'unavailable', parts });
  }

  @Get('metrics')
  @ApiOperation({ summary: "The process's metrics, in the text format of Prometheus" })
  @ApiResponse({ status: 200, description: 'Metrics', content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  metrics(): Promise<string> {
    return register.metrics();
  }
}

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
